package io.bedrockbudgeteer.keyguard.cli.write;

/// What is done on Ctrl-C: before anything was sent, the process may end at once; afterwards the
/// working thread gets some seconds to finish or to take back, and says which.
final class Interruption implements Runnable {
    private final Gate gate;
    private final Voice voice;
    private final String nothingSent;
    private final String finishing;
    private volatile Runnable unknown = () -> {};

    /// @param nothingSent said when nothing that changes anything was sent
    /// @param finishing said while the working thread comes to its end
    Interruption(Gate gate, Voice voice, String nothingSent, String finishing) {
        this.gate = gate;
        this.voice = voice;
        this.nothingSent = nothingSent;
        this.finishing = finishing;
    }

    /// @param sayUnknown says that it is not known what holds
    void sends(Runnable sayUnknown) {
        unknown = sayUnknown;
    }

    @Override
    public void run() {
        switch (gate.interrupt()) {
            case NOTHING_SENT -> {
                if (gate.mayTell()) voice.say(nothingSent);
            }
            case SENT -> {
                voice.say(finishing);
                if (!gate.awaitOver() && gate.mayTell()) unknown.run();
            }
            case OVER -> {}
        }
    }
}
