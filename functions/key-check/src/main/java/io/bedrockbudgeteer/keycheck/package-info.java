/// Custom::KmsKeyCheck: looks at the key and answers with what it is, or with everything that is
/// wrong with it. Reads only.
@NullMarked
package io.bedrockbudgeteer.keycheck;

import org.jspecify.annotations.NullMarked;
