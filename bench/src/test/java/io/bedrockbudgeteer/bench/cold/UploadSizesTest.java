package io.bedrockbudgeteer.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadSizesTest {
    private static final int MAVEN_PREFIX = "[INFO] ".length();

    @TempDir private Path project;

    @Test
    void each_function_is_counted_with_the_layer() throws IOException {
        zip("layers/shared", 2_621_440);
        zip("functions/first", 524_288);
        zip("functions/second", 1_000);
        Files.createDirectories(project.resolve("functions/tests-only/target"));

        String text = UploadSizes.of(project).text();

        assertThat(text)
                .isEqualTo(
                        """
                        Bytes to upload. A function and its layer: at most 3,000,000 together.
                        Lambda quotas: 50 MB zipped (uploaded directly), 250 MB unzipped in all.

                        zip                     bytes  of 50 MB   with layer   of limit of 250 MB
                        shared              2,621,556    5.00 %
                        first                 524,404    1.00 %    3,145,960   104.87 %    1.20 %
                        second                  1,116    0.00 %    2,622,672    87.42 %    1.00 %
                        """);
        assertThat(text.lines()).allMatch(line -> line.length() + MAVEN_PREFIX <= 80);
    }

    @Test
    void zips_that_are_not_there_are_said() throws IOException {
        zip("layers/shared", 1);
        assertThat(UploadSizes.of(project).text())
                .isEqualTo(
                        "Sizes of the uploads: zips are missing; mvn package makes all of them.\n");
    }

    // Stored, so that its size is known: 116 bytes beside the content.
    private void zip(String module, int bytes) throws IOException {
        Path name = Path.of(module).getFileName();
        Path file = project.resolve(module).resolve("target/" + name + ".zip");
        Files.createDirectories(file.getParent());
        byte[] content = new byte[bytes];
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry("lib/a.jar");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(sum.getValue());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry);
            zip.write(content);
        }
    }
}
