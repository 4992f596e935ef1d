package io.bedrockbudgeteer.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Run by `packaging/build` and while an image is built: `FOLDER` is where the application is and
/// stays, with `lib`, `handler` and `event.json`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: java -jar train.jar FOLDER");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Application application = new Application(folder, java);
        try {
            String handler = Files.readString(folder.resolve("handler")).strip();
            String event = Files.readString(folder.resolve("event.json"));
            new Training(application, handler, event).run();
            System.out.printf(
                    "%s: %,d bytes, used at the start%n",
                    application.cache(), Files.size(application.cache()));
        } catch (IOException e) {
            System.err.println("train: " + e.getMessage());
            System.exit(1);
        }
    }
}
