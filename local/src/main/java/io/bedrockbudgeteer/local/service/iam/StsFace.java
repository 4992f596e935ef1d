package io.bedrockbudgeteer.local.service.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Decision;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Result;

/// STS GetCallerIdentity, which needs no permission (STS API Reference).
public final class StsFace implements Face {

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        if (!operation.equals("GetCallerIdentity"))
            throw new NotModelledException("sts:" + operation);
        attempt.note(
                "sts:GetCallerIdentity",
                "*",
                new Decision(Decision.Result.ALLOWED, "needs no permission"));
        String session =
                attempt.who().principal() instanceof Principal.Session s
                        ? ":" + s.sessionName()
                        : "";
        return Result.xml(
                "https://sts.amazonaws.com/doc/2011-06-15/",
                xml ->
                        xml.text("Arn", attempt.who().principal().name())
                                .text("UserId", attempt.who().uniqueId().orElse("") + session)
                                .text("Account", attempt.who().account()));
    }
}
