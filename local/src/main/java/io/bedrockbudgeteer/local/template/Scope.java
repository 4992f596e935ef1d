package io.bedrockbudgeteer.local.template;

import java.util.Set;

/// What names mean at some place of a template.
interface Scope {

    /// What stands here, for messages: `conditions`, `resources and outputs`.
    String name();

    /// Functions that may stand here.
    Set<String> functions();

    /// `Ref`, and a variable of `Fn::Sub` without a dot.
    Object reference(String name, Where where);

    /// `Fn::GetAtt`, and a variable of `Fn::Sub` with a dot.
    Object attribute(String logicalId, String attribute, Where where);

    /// `Fn::If`.
    boolean condition(String name, Where where);

    /// `Fn::FindInMap`.
    Object mapped(String map, String top, String second, Where where);
}
