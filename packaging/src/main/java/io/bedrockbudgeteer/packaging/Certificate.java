package io.bedrockbudgeteer.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate of this machine's loopback address, made for one run. RSA, as AWS's endpoints have
/// it.
///
/// @param store key store with the key, and trust store of Java clients
/// @param pem the certificate for the others
public record Certificate(Path store, Path pem) {
    /// Of the store.
    public static final String PASSWORD = "loopback";

    /// @param folder where both files are written
    public static Certificate make(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("loopback.p12");
        Path pem = folder.resolve("loopback.pem");
        keytool(
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=loopback",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2"),
                store);
        keytool(List.of("-exportcert", "-rfc", "-file", pem.toString()), store);
        return new Certificate(store, pem);
    }

    private static void keytool(List<String> words, Path store)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // Not bin/keytool, which the JVM of an image may lack.
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-m", "java.base/sun.security.tools.keytool.Main"));
        command.addAll(words);
        command.addAll(
                List.of(
                        "-alias",
                        "loopback",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("keytool: " + text.strip());
    }

    /// What a server on loopback proves itself with.
    public SSLContext context() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of this run cannot be used", e);
        }
    }
}
