/// Who may do what: policy documents, conditions, grants. A two-valued evaluation in which
/// everything about a call is known, written from the documentation and not from the product's own
/// evaluator, so that a mistake there cannot confirm itself here. A form whose effect AWS does not
/// document is not decided: it is [io.bedrockbudgeteer.local.account.NotModelledException].
@NullMarked
package io.bedrockbudgeteer.local.service.access;

import org.jspecify.annotations.NullMarked;
