package io.bedrockbudgeteer.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/// Runs a benchmark for a while before JMH does. JMH warms up by the clock; on a machine with other
/// work to do the compiler is then not done when the measurement starts, and the figures show the
/// interpreter. Here it is processor time that counts.
@State(Scope.Thread)
public abstract class WarmedUp {
    /// System property: whole seconds of processor time; 0 when it is not set.
    static final String PROPERTY = "bench.warm-up";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Makes what the operation needs, once per JVM.
    protected abstract void prepare();

    /// Called by JMH before its own iterations.
    @Setup(Level.Trial)
    public void warmUp(BenchmarkParams params, Blackhole results)
            throws ReflectiveOperationException {
        prepare();
        Method operation = operation(params.getBenchmark());
        Object[] arguments =
                operation.getParameterCount() == 0 ? new Object[0] : new Object[] {results};
        long wanted = Duration.ofSeconds(Integer.getInteger(PROPERTY, 0)).toNanos();
        long start = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - start < wanted) {
            Object result = operation.invoke(this, arguments);
            if (result != null) results.consume(result);
        }
    }

    /// @param benchmark class and method, as JMH names them
    private Method operation(String benchmark) {
        String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        return Arrays.stream(getClass().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no method for " + benchmark));
    }
}
