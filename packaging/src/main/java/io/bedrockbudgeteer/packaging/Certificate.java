package io.bedrockbudgeteer.packaging;

import java.io.IOException;
import java.io.OutputStream;
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
/// @param store key store with the key
/// @param trust trust store of Java clients: those that this JVM trusts and the certificate, in the
///   form in which this JVM has them, so that a client reads as much as it does elsewhere
/// @param pem the certificate for the others
public record Certificate(Path store, Path trust, Path pem) {
    private static final String ALIAS = "loopback";
    private static final String PASSWORD = "loopback";

    /// @param folder where the files are written
    public static Certificate make(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("loopback.p12");
        Path trust = folder.resolve("trust");
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
        trust(store, trust);
        return new Certificate(store, trust, pem);
    }

    private static void trust(Path store, Path trust) throws IOException {
        Path standard = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        try (OutputStream out = Files.newOutputStream(trust)) {
            // Read as the JVM reads it: without a password, so without a check of the whole.
            KeyStore trusted = KeyStore.getInstance(standard.toFile(), (char[]) null);
            trusted.setCertificateEntry(ALIAS, loaded(store).getCertificate(ALIAS));
            // The older form insists on a password; the newer encrypts when it gets one.
            boolean older = "JKS".equalsIgnoreCase(trusted.getType());
            trusted.store(out, older ? PASSWORD.toCharArray() : null);
        } catch (GeneralSecurityException e) {
            throw new IOException("the trust store of this JVM cannot be used: " + standard, e);
        }
    }

    private static KeyStore loaded(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /// What a JVM needs to trust it.
    public List<String> javaOptions() {
        return List.of("-Djavax.net.ssl.trustStore=" + trust);
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
                        ALIAS,
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
        try {
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(loaded(store), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of this run cannot be used", e);
        }
    }
}
