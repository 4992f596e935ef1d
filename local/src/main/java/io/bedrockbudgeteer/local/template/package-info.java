/// The template front end: YAML, the part of SAM we use, parameters, rules, conditions, intrinsics
/// and the dependency graph. Knows no AWS service.
@NullMarked
package io.bedrockbudgeteer.local.template;

import org.jspecify.annotations.NullMarked;
