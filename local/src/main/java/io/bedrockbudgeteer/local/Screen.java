package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.report.Ink;
import java.io.PrintWriter;
import java.util.List;

/// Where a command writes: results to `out`, progress and errors to `err`.
record Screen(PrintWriter out, PrintWriter err, Ink ink) {

    void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    void progress(List<String> lines) {
        lines.forEach(err::println);
        err.flush();
    }
}
