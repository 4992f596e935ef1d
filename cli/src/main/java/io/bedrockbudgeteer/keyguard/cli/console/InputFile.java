package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that a flag names; `-` is standard input.
///
/// @param flag the flag, for messages
/// @param name as it was typed
public record InputFile(String flag, String name) {
    // Far above the longest policy (GetKeyPolicy gives at most 131 072 characters) and the grants
    // of
    // one key; keeps a wrong path, such as a device, from filling the memory.
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    public boolean isStandardInput() {
        return name.equals("-");
    }

    /// For messages: the name, or what `-` means.
    public String shown() {
        return isStandardInput() ? "standard input" : SafeText.visible(name);
    }

    /// Unbuffered. Closing it closes standard input too when that is what was named.
    ///
    /// @throws BadInput when there is no such file, or it may not be read
    public InputStream open(InputStream standardInput) {
        if (isStandardInput()) return standardInput;
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) throw cannotRead("it is a folder");
            return Files.newInputStream(path);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw cannotRead("there is no such file");
        } catch (AccessDeniedException e) {
            throw cannotRead("access is denied");
        } catch (IOException e) {
            throw cannotRead(SafeText.visible(String.valueOf(e.getMessage())));
        }
    }

    /// The whole text.
    ///
    /// @throws BadInput when it cannot be read, or is not UTF-8
    public String text(InputStream standardInput) {
        byte[] bytes;
        try (InputStream in = open(standardInput)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw cannotRead(SafeText.visible(String.valueOf(e.getMessage())));
        }
        if (bytes.length > MOST_BYTES) throw cannotRead("it is longer than 64 MiB");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadInput(shown() + " is not UTF-8 text; save it as UTF-8");
        }
    }

    private BadInput cannotRead(String why) {
        return new BadInput(
                "cannot read "
                        + shown()
                        + ": "
                        + why
                        + "; give "
                        + flag
                        + " a file that can be read, or - for standard input");
    }
}
