package io.bedrockbudgeteer.local.account;

/// Who makes a call in the simulated account.
public sealed interface Principal {

    /// For people and for the record of calls: an ARN or a service principal.
    String name();

    /// A session of a role: the deploying administrator, or a function. Its own ARN is without the
    /// role's path.
    ///
    /// @param roleArn ARN of the role with its path
    /// @param sessionName such as the function's name
    record Session(String roleArn, String sessionName) implements Principal {
        @Override
        public String name() {
            String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
            String head = roleArn.substring(0, roleArn.indexOf(":role/")).replace(":iam:", ":sts:");
            return head + ":assumed-role/" + role + "/" + sessionName;
        }
    }

    /// An AWS service acting by itself, such as `cloudtrail.amazonaws.com`.
    record Service(String name) implements Principal {}
}
