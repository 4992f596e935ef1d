package io.bedrockbudgeteer.keyguard.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.Objects;

/// What Lambda starts: makes the handler of a function and passes every event on to it.
///
/// The managed runtime loads a function with a class loader that lets one thread in at a time and
/// asks the loader above for each class first, which answers with an exception. A start that works
/// on several threads waits for it. So the handler is loaded with a [JarLoader] on the same jars,
/// where the runtime has such a loader; where classes come from the JVM's own class path, as in an
/// image, that one is good enough. If it cannot be done, the runtime's loader is used after all.
/// Either way the first line of the log says which. Source: the class `CustomerClassLoader` of
/// AWS's runtime interface client 2.10.1.
public abstract class Entry implements RequestStreamHandler {
    /// Set to `off`, the handler is loaded with the runtime's loader.
    public static final String VARIABLE = "KEYGUARD_CLASS_LOADER";

    /// System property that says which loader it became, for the log: `own`, `the JVM's`, `the
    /// runtime's` where that is none of jars, `off`, or why the runtime's had to do.
    public static final String PROPERTY = "keyguard.classLoader";

    /// How [#PROPERTY] begins when something went wrong.
    public static final String FAILED = "failed, ";

    private final RequestStreamHandler handler;

    /// @param handler name of the class that does the work: a [RequestStreamHandler] with a
    ///   constructor without parameters
    protected Entry(String handler) {
        this.handler = made(handler);
    }

    private RequestStreamHandler made(String name) {
        ClassLoader runtimes = getClass().getClassLoader();
        String why;
        if (!(runtimes instanceof URLClassLoader jars)) {
            // Of another kind of loader it is not known what it reads.
            why =
                    ClassLoader.getSystemClassLoader().equals(runtimes)
                            ? "the JVM's"
                            : "the runtime's";
        } else if ("off".equalsIgnoreCase(System.getenv(VARIABLE))) {
            why = "off";
        } else {
            try {
                return made(name, new JarLoader(jars), "own");
            } catch (IOException
                    | ReflectiveOperationException
                    | LinkageError
                    | ClassCastException e) {
                boolean thrown = e instanceof InvocationTargetException;
                Throwable cause = thrown ? Objects.requireNonNullElse(e.getCause(), e) : e;
                why = FAILED + cause.getClass().getSimpleName();
            }
        }
        try {
            return made(name, runtimes, why);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be made", e);
        }
    }

    private static RequestStreamHandler made(String name, ClassLoader loader, String which)
            throws ReflectiveOperationException {
        System.setProperty(PROPERTY, which);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The SDK looks classes up by name there, and must find those that it is of itself.
        thread.setContextClassLoader(loader);
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(handler.getClass().getClassLoader());
        try {
            handler.handleRequest(input, output, context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
