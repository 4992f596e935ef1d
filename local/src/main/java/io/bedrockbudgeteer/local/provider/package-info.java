/// Resource types: what each models, ignores and refuses, and which KMS calls its service makes
/// when the resource is created.
@NullMarked
package io.bedrockbudgeteer.local.provider;

import org.jspecify.annotations.NullMarked;
