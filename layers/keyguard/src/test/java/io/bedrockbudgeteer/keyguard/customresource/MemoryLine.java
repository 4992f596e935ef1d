package io.bedrockbudgeteer.keyguard.customresource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Takes answers without a network, for tests that make tens of thousands of them: a connection on
/// loopback costs more than everything else together. Checks the request as the loopback endpoint
/// does.
final class MemoryLine {

    /// One PUT.
    ///
    /// @param status what was answered; 0 for a broken connection
    record Put(URL url, ByteBuffer body, int status) {}

    private final List<Put> puts = new ArrayList<>();
    private final Deque<Integer> reactions = new ArrayDeque<>();

    /// The next PUTs are answered like this, afterwards with 200; 0 breaks the connection.
    void react(int... statuses) {
        for (int status : statuses) reactions.add(status);
    }

    List<Put> puts() {
        return puts;
    }

    List<Put> accepted() {
        return puts.stream().filter(put -> put.status() == 200).toList();
    }

    HttpURLConnection to(URL url) {
        return new Connection(url);
    }

    private final class Connection extends HttpURLConnection {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        Connection(URL url) {
            super(url);
        }

        @Override
        public OutputStream getOutputStream() {
            if (!getRequestMethod().equals("PUT")
                    || !getRequestProperties().isEmpty() // no Content-Type among them
                    || getInstanceFollowRedirects()
                    || getConnectTimeout() <= 0
                    || getReadTimeout() <= 0)
                throw new AssertionError("connection is set up wrong");
            return sent;
        }

        @Override
        public int getResponseCode() throws IOException {
            Integer status = reactions.poll();
            int code = status == null ? 200 : status;
            puts.add(new Put(getURL(), ByteBuffer.wrap(sent.toByteArray()), code));
            if (fixedContentLength != sent.size())
                throw new AssertionError("Content-Length is not the number of bytes");
            if (code == 0) throw new ConnectException("broken: " + getURL());
            return code;
        }

        @Override
        public void connect() {}

        @Override
        public void disconnect() {}

        @Override
        public boolean usingProxy() {
            return false;
        }
    }
}
