/// What a command line needs whatever it is about: colour, line breaks, text that is safe to show,
/// input files, output that may end early. Knows no policy and no command.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli.console;

import org.jspecify.annotations.NullMarked;
