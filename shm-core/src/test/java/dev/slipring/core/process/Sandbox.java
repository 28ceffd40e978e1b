package dev.slipring.core.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands to start a {@link JavaProcess} through: another user, other mounts, another PID namespace. Where this machine does not allow
 * one, the test that asks for it is skipped and says why.
 */
public final class Sandbox {
    /** The user that owns nothing. */
    public static final int NOBODY = 65_534;

    private Sandbox() {
    }

    /** Runs as user and group nobody and in these groups, with this {@code SLIPRING_DIR}. The class path must be {@link Staged}. */
    public static List<String> nobody(String directory, int... groups) {
        var members = new ArrayList<String>();
        for (int group : groups) {
            members.add(Integer.toString(group));
        }
        var command = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
            groups.length == 0 ? "--clear-groups" : "--groups=" + String.join(",", members));
        assumeWorks(command, "needs root, setpriv, and a Java that everybody may run", "test", "-x", JavaProcess.JAVA);
        return join(command, "env", "SLIPRING_DIR=" + directory);
    }

    /** Runs after a script of root's, in a mount namespace that goes with it; {@code "$@"} in the script is what is started. */
    public static List<String> mounts(String script) {
        assumeWorks(List.of("unshare", "-m"), "needs root and mount namespaces", "sh", "-c", "test $(id -u) = 0");
        return List.of("unshare", "-m", "sh", "-c", "set -e; " + script, "sh");
    }

    /** Runs as the first process of a PID namespace, which sees no other. */
    public static List<String> pidNamespace() {
        var command = List.of("unshare", "-Urpf", "--kill-child", "--mount-proc");
        assumeWorks(command, "needs user and PID namespaces", "true");
        return command;
    }

    /** Skips the test unless a command ends well. */
    public static void assumeWorks(List<String> through, String reason, String... command) {
        try {
            assumeTrue(new ProcessBuilder(join(through, command)).start().waitFor() == 0, reason);
        } catch (IOException e) {
            assumeTrue(false, reason + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> join(List<String> through, String... command) {
        var whole = new ArrayList<>(through);
        whole.addAll(List.of(command));
        return whole;
    }
}
