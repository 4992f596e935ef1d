/// Makes the optional fastest packaging: a folder with one function, AWS's runtime client and an
/// AOT cache of what a cold start loads (JEP 483, JEP 514). Runs inside the build of a container
/// image, so it needs nothing but `java.base`; it knows functions as jars and events, never as
/// classes.
@NullMarked
package io.bedrockbudgeteer.packaging;

import org.jspecify.annotations.NullMarked;
