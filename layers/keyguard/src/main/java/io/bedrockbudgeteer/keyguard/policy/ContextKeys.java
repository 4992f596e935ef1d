package io.bedrockbudgeteer.keyguard.policy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What AWS documents about condition keys: type, one value or several, and with which KMS actions
/// they come. Sources: Service Authorization Reference, Actions, resources, and condition keys for
/// AWS KMS; KMS Developer Guide, Condition keys for AWS KMS; IAM User Guide, AWS global condition
/// context keys. All names here are in lower case: key names ignore case.
final class ContextKeys {

    enum Type {
        STRING,
        BOOL,
        NUMERIC,
        DATE,
        IP,
        UNKNOWN
    }

    static final String ENCRYPTION_CONTEXT = "kms:encryptioncontext:";
    static final String ENCRYPTION_CONTEXT_KEYS = "kms:encryptioncontextkeys";

    private static final Set<String> MULTI_VALUED =
            Set.of(
                    ENCRYPTION_CONTEXT_KEYS,
                    "kms:grantoperations",
                    "kms:resourcealiases",
                    "aws:tagkeys",
                    "aws:calledvia",
                    "aws:principalservicenameslist",
                    "aws:principalorgpaths",
                    "aws:resourceorgpaths",
                    "aws:sourceorgpaths");

    private static final Map<String, Type> TYPES = types();

    private static final Set<String> OF_EVERY_ACTION =
            Set.of(
                    "kms:calleraccount",
                    "kms:viaservice",
                    "kms:keyorigin",
                    "kms:keyspec",
                    "kms:keyusage",
                    "kms:multiregion",
                    "kms:multiregionkeytype",
                    "kms:resourcealiases");

    private static final Map<String, String> OLD_NAMES =
            Map.of(
                    "kms:customermasterkeyspec",
                    "kms:keyspec",
                    "kms:customermasterkeyusage",
                    "kms:keyusage");

    /// Key, or key prefix ending in `:` or `/`, to the actions (lower case, without `kms:`) that
    /// carry it.
    private static final Map<String, Set<String>> ACTIONS_OF = actionsOf();

    private ContextKeys() {}

    /// Lower case, and today's name for the two keys that were renamed.
    static String normalize(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return OLD_NAMES.getOrDefault(lower, lower);
    }

    static boolean isMultiValued(String key) {
        return MULTI_VALUED.contains(key);
    }

    static Type type(String key) {
        Type known = TYPES.get(key);
        if (known != null) return known;
        return key.startsWith("kms:") ? Type.STRING : Type.UNKNOWN;
    }

    /// Whether requests for the action never carry the key. False when AWS does not list the key.
    ///
    /// @param action an action on a single key, in lower case and without `kms:`
    static boolean isForeignTo(String action, String key) {
        if (OF_EVERY_ACTION.contains(key)) return false;
        Set<String> carriers = ACTIONS_OF.get(family(key));
        return carriers != null && !carriers.contains(action);
    }

    private static String family(String key) {
        if (key.startsWith(ENCRYPTION_CONTEXT)) return ENCRYPTION_CONTEXT;
        if (key.startsWith("kms:recipientattestation:")) return "kms:recipientattestation:";
        return key.startsWith("aws:requesttag/") ? "aws:requesttag/" : key;
    }

    private static Map<String, Type> types() {
        Map<String, Type> types = new HashMap<>();
        for (String key :
                new String[] {
                    "kms:bypasspolicylockoutsafetycheck", "kms:grantisforawsresource",
                            "kms:multiregion", "kms:reencryptonsamekey",
                    "aws:viaawsservice", "aws:principalisawsservice", "aws:securetransport",
                            "aws:multifactorauthpresent"
                }) types.put(key, Type.BOOL);
        for (String key :
                new String[] {
                    "kms:rotationperiodindays",
                    "kms:schedulekeydeletionpendingwindowindays",
                    "kms:trailingdayswithoutkeyusage",
                    "aws:multifactorauthage"
                }) types.put(key, Type.NUMERIC);
        for (String key :
                new String[] {
                    "kms:validto", "aws:currenttime", "aws:epochtime", "aws:tokenissuetime"
                }) types.put(key, Type.DATE);
        for (String key : new String[] {"aws:sourceip", "aws:vpcsourceip"}) types.put(key, Type.IP);
        for (String key :
                new String[] {
                    "aws:principalarn",
                    "aws:principalaccount",
                    "aws:principaltype",
                    "aws:principalorgid",
                    "aws:principalservicename",
                    "aws:sourcearn",
                    "aws:sourceaccount",
                    "aws:sourceorgid",
                    "aws:resourceaccount",
                    "aws:requestedregion",
                    "aws:username",
                    "aws:userid",
                    "aws:sourcevpc",
                    "aws:sourcevpce",
                    "aws:useragent",
                    "aws:referer"
                }) types.put(key, Type.STRING);
        return Map.copyOf(types);
    }

    private static Map<String, Set<String>> actionsOf() {
        Map<String, Set<String>> table = new HashMap<>();
        String[] pairs = {"generatedatakeypair", "generatedatakeypairwithoutplaintext"};
        Set<String> reEncrypt = Set.of("reencryptfrom", "reencryptto");
        Set<String> symmetric =
                union(
                        reEncrypt,
                        "encrypt",
                        "decrypt",
                        "generatedatakey",
                        "generatedatakeywithoutplaintext",
                        pairs[0],
                        pairs[1]);
        table.put("kms:encryptionalgorithm", symmetric);
        table.put(ENCRYPTION_CONTEXT, union(symmetric, "creategrant", "retiregrant"));
        table.put(ENCRYPTION_CONTEXT_KEYS, union(symmetric, "creategrant", "retiregrant"));
        table.put(
                "kms:requestalias",
                union(
                        symmetric,
                        "describekey",
                        "getpublickey",
                        "sign",
                        "verify",
                        "generatemac",
                        "verifymac",
                        "derivesharedsecret"));
        table.put("kms:reencryptonsamekey", reEncrypt);
        table.put("kms:datakeypairspec", Set.of(pairs));
        table.put(
                "kms:recipientattestation:",
                Set.of("decrypt", "generatedatakey", "generatedatakeypair", "derivesharedsecret"));
        for (String key :
                new String[] {
                    "grantoperations",
                    "grantconstraintsourcearn",
                    "granteeprincipal",
                    "granteeserviceprincipal",
                    "retiringprincipal",
                    "retiringserviceprincipal"
                }) table.put("kms:" + key, Set.of("creategrant"));
        table.put("kms:grantconstrainttype", Set.of("creategrant", "retiregrant"));
        table.put("kms:grantisforawsresource", Set.of("creategrant", "listgrants", "revokegrant"));
        table.put("kms:bypasspolicylockoutsafetycheck", Set.of("putkeypolicy"));
        table.put("kms:rotationperiodindays", Set.of("enablekeyrotation"));
        table.put("kms:schedulekeydeletionpendingwindowindays", Set.of("schedulekeydeletion"));
        table.put("kms:trailingdayswithoutkeyusage", Set.of("schedulekeydeletion", "disablekey"));
        table.put("kms:signingalgorithm", Set.of("sign", "verify"));
        table.put("kms:messagetype", Set.of("sign", "verify"));
        table.put("kms:macalgorithm", Set.of("generatemac", "verifymac"));
        table.put("kms:keyagreementalgorithm", Set.of("derivesharedsecret"));
        table.put("kms:expirationmodel", Set.of("importkeymaterial"));
        table.put("kms:validto", Set.of("importkeymaterial"));
        table.put("kms:wrappingalgorithm", Set.of("getparametersforimport"));
        table.put("kms:wrappingkeyspec", Set.of("getparametersforimport"));
        table.put("kms:replicaregion", Set.of("replicatekey"));
        table.put("kms:primaryregion", Set.of("updateprimaryregion"));
        table.put("aws:tagkeys", Set.of("tagresource", "untagresource"));
        table.put("aws:requesttag/", Set.of("tagresource"));
        return Map.copyOf(table);
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
