package io.bedrockbudgeteer.secureparameter;

/// The value of a parameter. Shows itself to nobody who does not ask for it.
///
/// @param value the text
record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
