/// Cold starts: the shipped functions' packaging beside what people would otherwise pick, process
/// by process, on the same requests.
@NullMarked
package io.bedrockbudgeteer.bench.cold;

import org.jspecify.annotations.NullMarked;
