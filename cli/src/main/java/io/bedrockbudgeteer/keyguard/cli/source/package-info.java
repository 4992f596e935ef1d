/// Where the facts about a key come from: AWS, or files. Both give a [Seen], so that what follows
/// does not know which it was. Changes nothing, prints nothing, and knows neither picocli nor a
/// policy rule.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli.source;

import org.jspecify.annotations.NullMarked;
