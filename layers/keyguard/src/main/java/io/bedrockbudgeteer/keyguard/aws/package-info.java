/// How AWS clients are built and how long they may take: one HTTP client, explicit Region and
/// credentials, deadlines, and service errors as values. Knows no other package of the library.
@NullMarked
package io.bedrockbudgeteer.keyguard.aws;

import org.jspecify.annotations.NullMarked;
