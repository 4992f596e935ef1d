/// Measurements of the key-policy engine, each beside a peer or a limit in the same run. Never
/// shipped to AWS and not part of a build's checks: time is measured on demand only.
@NullMarked
package io.bedrockbudgeteer.bench;

import org.jspecify.annotations.NullMarked;
