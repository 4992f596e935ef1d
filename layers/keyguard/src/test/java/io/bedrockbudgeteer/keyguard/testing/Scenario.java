package io.bedrockbudgeteer.keyguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test with the scenarios of the custom-resource protocol that it proves, such as `T1`. A
/// test per module asserts that none is missing.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Scenario {
    String[] value();
}
