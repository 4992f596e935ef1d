package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.Principal;
import java.time.Instant;

/// The global condition keys that follow from the call itself (IAM User Guide, "AWS global
/// condition context keys"). The simulated account belongs to no organisation, its roles carry no
/// tags, and calls come over the public network.
public final class Contexts {

    private Contexts() {}

    /// @param account that owns what the call is about
    /// @param viaService whether an AWS service calls on behalf of the principal
    public static Context.Builder global(
            Who who, String region, String account, boolean viaService, Instant now) {
        Context.Builder context =
                Context.builder()
                        .put("aws:ResourceAccount", account)
                        .put("aws:RequestedRegion", region)
                        // On AWS every one of these endpoints is https; that this one is not is an
                        // artefact of the simulation.
                        .put("aws:SecureTransport", "true")
                        .put("aws:CurrentTime", now.toString())
                        .put("aws:EpochTime", String.valueOf(now.getEpochSecond()))
                        .absent(
                                "aws:username",
                                "aws:PrincipalOrgID",
                                "aws:PrincipalOrgPaths",
                                "aws:ResourceOrgID",
                                "aws:ResourceOrgPaths")
                        .absent(
                                "aws:SourceOrgID",
                                "aws:SourceOrgPaths",
                                "aws:SourceVpc",
                                "aws:SourceVpce",
                                "aws:VpcSourceIp")
                        .absent(
                                "aws:SourceArn",
                                "aws:SourceAccount",
                                "aws:FederatedProvider",
                                "aws:MultiFactorAuthPresent")
                        .absent("aws:MultiFactorAuthAge", "aws:TagKeys")
                        .absentPrefix("aws:PrincipalTag/")
                        .absentPrefix("aws:RequestTag/")
                        .absentPrefix("aws:ResourceTag/");
        return switch (who.principal()) {
            case Principal.Session session ->
                    context.put("aws:PrincipalArn", session.roleArn())
                            .put("aws:PrincipalAccount", who.account())
                            .put("aws:PrincipalType", "AssumedRole")
                            .put("aws:PrincipalIsAWSService", "false")
                            .put("aws:ViaAWSService", String.valueOf(viaService))
                            .put(
                                    "aws:userid",
                                    who.uniqueId().orElse("") + ":" + session.sessionName())
                            .absent("aws:PrincipalServiceName", "aws:PrincipalServiceNamesList");
            // What aws:PrincipalArn and its kin hold for a service principal is not documented, so
            // they stay unknown.
            case Principal.Service service ->
                    context.put("aws:PrincipalIsAWSService", "true")
                            .put("aws:PrincipalServiceName", service.name());
        };
    }
}
