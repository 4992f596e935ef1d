/// A custom resource as tutorials write it in Java.
@NullMarked
package io.bedrockbudgeteer.bench.idiomatic;

import org.jspecify.annotations.NullMarked;
