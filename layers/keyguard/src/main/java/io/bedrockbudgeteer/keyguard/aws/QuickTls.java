package io.bedrockbudgeteer.keyguard.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The JDK's default TLS, with x25519 as the only group: one key share to compute, and the cheaper
/// one. The trust store and everything else are as they are by default.
final class QuickTls extends SSLSocketFactory {
    private static final String[] GROUPS = {"x25519"};

    private static SSLSocketFactory jdk() {
        return HttpsURLConnection.getDefaultSSLSocketFactory();
    }

    private static Socket quick(Socket socket) {
        if (socket instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setNamedGroups(GROUPS);
            tls.setSSLParameters(parameters);
        }
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return jdk().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return jdk().getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return quick(jdk().createSocket());
    }

    @Override
    public Socket createSocket(Socket inner, String host, int port, boolean autoClose)
            throws IOException {
        return quick(jdk().createSocket(inner, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return quick(jdk().createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
            throws IOException {
        return quick(jdk().createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return quick(jdk().createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
            throws IOException {
        return quick(jdk().createSocket(host, port, from, fromPort));
    }
}
