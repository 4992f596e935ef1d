package io.bedrockbudgeteer.keyguard.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Loads classes from the jars of another loader, on as many threads as ask, and asks the other
/// loader only for what is not there. Resources come from the other loader; the jars are the same.
/// Jars are read as they are: no manifest, no signatures, no versions for other releases. The jars
/// stay open as long as the process lives.
final class JarLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    // What the runtime and the function hand each other; it has to be the same class for both.
    private static final String RUNTIME = "com.amazonaws.";
    private static final String JDK = "java.";

    private final List<ZipFile> jars = new ArrayList<>();

    /// @throws IOException when a jar cannot be read
    JarLoader(URLClassLoader other) throws IOException {
        super(other);
        for (URL url : other.getURLs())
            if (url.getProtocol().equals("file") && url.getPath().endsWith(".jar"))
                jars.add(new ZipFile(file(url)));
    }

    private static File file(URL url) throws IOException {
        // AWS's client puts paths into its URLs as they are.
        File file = new File(url.getPath());
        if (file.isFile()) return file;
        try {
            return new File(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(JDK) || name.startsWith(RUNTIME)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) loaded = defined(name);
            if (loaded == null) return super.loadClass(name, resolve);
            if (resolve) resolveClass(loaded);
            return loaded;
        }
    }

    private @Nullable Class<?> defined(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/').concat(".class");
        for (ZipFile jar : jars) {
            ZipEntry entry = jar.getEntry(file);
            if (entry == null) continue;
            try (InputStream in = jar.getInputStream(entry)) {
                // Not readAllBytes, which begins with 16 kB for each class.
                byte[] bytes = in.readNBytes((int) entry.getSize());
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return null;
    }
}
