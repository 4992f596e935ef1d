package io.bedrockbudgeteer.bench.growth;

import io.bedrockbudgeteer.bench.Machine;
import io.bedrockbudgeteer.bench.Policies;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Create;
import io.bedrockbudgeteer.bench.growth.GrowthResults.OnLongPolicy;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Shared;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run: of each kind as many stacks as fit on one key, and one stack on longer and longer
/// policies of other people. Each round has an account of its own, so that all rounds do the same.
public final class Growth {
    /// Sizes of other people's policies, in KB; the last is the most that KMS takes.
    static final List<Integer> KILOBYTES = List.of(2, 4, 8, 16, 32);

    private static final int WARM_UP = 2;

    private final PrintStream progress;

    public Growth(PrintStream progress) {
        this.progress = progress;
    }

    /// @param rounds that count
    /// @throws IOException when a Create fails for another reason than a full policy, or two rounds
    ///   differ in anything but time
    public GrowthResults run(int rounds, LocalDate today) throws IOException, InterruptedException {
        List<Shared> shared = List.of();
        List<OnLongPolicy> policies = List.of();
        for (int round = 1 - WARM_UP; round <= rounds; round++) {
            progress.println("round " + (round + WARM_UP) + " of " + (rounds + WARM_UP));
            List<Shared> sharedNow = new ArrayList<>();
            for (Kind kind : Kind.values()) sharedNow.add(full(kind));
            List<OnLongPolicy> policiesNow = new ArrayList<>();
            for (int kilobytes : KILOBYTES) policiesNow.add(onPolicyOf(kilobytes));
            shared = round <= 1 ? sharedNow : joined(shared, sharedNow);
            policies = round <= 1 ? policiesNow : joinedPolicies(policies, policiesNow);
        }
        return new GrowthResults(
                GrowthResults.FORMAT_VERSION,
                today.toString(),
                Machine.here(),
                rounds,
                shared,
                policies);
    }

    /// One stack after the other until one does not fit.
    static Shared full(Kind kind) throws IOException, InterruptedException {
        try (Place place = new Place()) {
            String key = place.key(policy(kind, place));
            List<Create> creates = new ArrayList<>();
            while (true) {
                String environment = "stage%02d".formatted(creates.size() + 1);
                Create create =
                        place.create(
                                key,
                                environment,
                                kind.properties(key, environment, roles(place, environment)));
                if (!create.fits())
                    return new Shared(
                            kind.label,
                            creates,
                            create.calls().getOrDefault("kms:PutKeyPolicy", 0));
                creates.add(create);
            }
        }
    }

    private static OnLongPolicy onPolicyOf(int kilobytes) throws IOException, InterruptedException {
        try (Place place = new Place()) {
            String key = place.key(Policies.ofSize(kilobytes * 1024));
            int before = place.policyBytes(key);
            return new OnLongPolicy(
                    kilobytes,
                    before,
                    place.create(
                            key,
                            "stage01",
                            Kind.WHOLE.properties(key, "stage01", roles(place, "stage01"))));
        }
    }

    private static Map<String, String> roles(Place place, String environment) {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String purpose : Kind.ROLES)
            roles.put(purpose, place.role(environment + "-" + purpose));
        return roles;
    }

    private static String policy(Kind kind, Place place) {
        String account =
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "Enable IAM User Permissions",
                      "Effect": "Allow",
                      "Principal": {
                        "AWS": "arn:aws:iam::111122223333:root"
                      },
                      "Action": "kms:*",
                      "Resource": "*"
                    }
                  ]
                }
                """;
        if (kind.delegates) return account;
        return account.replace("Enable IAM User Permissions", "Key administrators")
                .replace(
                        "\"arn:aws:iam::111122223333:root\"",
                        "[\"%s\", \"%s\"]".formatted(place.deployer(), place.guardArn()))
                .replace(
                        "\"kms:*\"",
                        "[\"kms:Describe*\", \"kms:Get*\", \"kms:List*\", \"kms:Put*\"]");
    }

    private static List<Shared> joined(List<Shared> all, List<Shared> more) throws IOException {
        List<Shared> joined = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Create> before = all.get(i).creates();
            List<Create> now = more.get(i).creates();
            if (before.size() != now.size())
                throw new IOException(
                        before.size()
                                + " stacks fitted in one round, "
                                + now.size()
                                + " in another");
            List<Create> creates = new ArrayList<>();
            for (int j = 0; j < now.size(); j++) creates.add(joined(before.get(j), now.get(j)));
            joined.add(new Shared(all.get(i).kind(), creates, all.get(i).refusedWrites()));
        }
        return joined;
    }

    private static List<OnLongPolicy> joinedPolicies(
            List<OnLongPolicy> all, List<OnLongPolicy> more) throws IOException {
        List<OnLongPolicy> joined = new ArrayList<>();
        for (int i = 0; i < all.size(); i++)
            joined.add(
                    new OnLongPolicy(
                            all.get(i).kilobytes(),
                            all.get(i).bytes(),
                            joined(all.get(i).create(), more.get(i).create())));
        return joined;
    }

    private static Create joined(Create all, Create more) throws IOException {
        if (!all.calls().equals(more.calls()) || all.put() != more.put())
            throw new IOException("two rounds differ: " + all + " and " + more);
        return new Create(
                all.fits(),
                all.calls(),
                all.added(),
                all.put(),
                appended(all.millis(), more.millis()),
                appended(all.processorMillis(), more.processorMillis()));
    }

    private static List<Double> appended(List<Double> all, List<Double> more) {
        List<Double> joined = new ArrayList<>(all);
        joined.addAll(more);
        return joined;
    }
}
