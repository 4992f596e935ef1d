package io.bedrockbudgeteer.keyguard.cli.source;

import java.util.List;

/// What another checker says about the planned policy. It decides nothing here.
///
/// @param who such as `IAM Access Analyzer`
/// @param remarks what it found
/// @param notes what it could not be asked, one sentence each
public record SecondOpinion(String who, List<Remark> remarks, List<String> notes) {

    /// @param type the checker's own word, such as `SECURITY_WARNING` or `PASS`
    /// @param code the checker's own code, such as `MISSING_VERSION`; may be empty
    /// @param text one or two sentences
    /// @param link where to read more; may be empty
    public record Remark(String type, String code, String text, String link) {}

    public SecondOpinion {
        remarks = List.copyOf(remarks);
        notes = List.copyOf(notes);
    }
}
