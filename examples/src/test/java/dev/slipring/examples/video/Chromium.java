package dev.slipring.examples.video;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipring.core.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A headless browser with one page, told what to do through its DevTools protocol; remembers what went wrong in the page. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, JsonNode> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new ArrayList<>();
    private final StringBuilder incoming = new StringBuilder();
    private int asked;

    /**
     * Starts it.
     *
     * @param profile a directory for it alone
     */
    Chromium(Path profile) throws IOException {
        var builder = new ProcessBuilder("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--window-size=800,800",
            "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true)
            .redirectOutput(profile.resolve("output").toFile());
        builder.environment().put("TMPDIR", profile.toString());
        process = builder.start();
        try {
            var port = profile.resolve("DevToolsActivePort");
            Await.until("the browser says where it listens", () -> Files.isReadable(port) && !lines(port).isEmpty());
            Await.until("it has a page", () -> page(lines(port).getFirst()) != null);
            socket = client.newWebSocketBuilder().buildAsync(URI.create(String.valueOf(page(lines(port).getFirst()))), this).join();
            for (var domain : List.of("Runtime", "Log", "Page")) {
                ask(domain + ".enable", JSON.createObjectNode());
            }
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    void open(URI page) {
        ask("Page.navigate", JSON.createObjectNode().put("url", page.toString()));
    }

    /** What a script comes to. */
    JsonNode evaluate(String script) {
        return ask("Runtime.evaluate", JSON.createObjectNode().put("expression", script).put("returnByValue", true)).at("/result/value");
    }

    /** What the page looks like, as PNG. */
    byte[] screenshot() {
        return Base64.getDecoder().decode(ask("Page.captureScreenshot", JSON.createObjectNode()).get("data").asText());
    }

    /** Errors in the page's console, exceptions nobody caught, files that did not load. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        socket.abort();
        end();
    }

    private void end() {
        client.shutdownNow();
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        incoming.append(data);
        if (last) {
            take(incoming.toString());
            incoming.setLength(0);
        }
        from.request(1);
        return null;
    }

    private synchronized void take(String message) {
        try {
            var said = JSON.readTree(message);
            boolean isError = switch (said.path("method").asText()) {
                case "Runtime.exceptionThrown" -> true;
                case "Runtime.consoleAPICalled" -> said.at("/params/type").asText().equals("error");
                case "Log.entryAdded" -> said.at("/params/entry/level").asText().equals("error");
                default -> false;
            };
            if (isError) {
                errors.add(message);
            }
            if (said.has("id")) {
                answers.put(said.get("id").asInt(), said.path("result"));
            }
        } catch (IOException e) {
            errors.add(e + ": " + message);
        }
    }

    private JsonNode ask(String method, ObjectNode parameters) {
        int id = ++asked;
        var question = JSON.createObjectNode().put("id", id).put("method", method);
        question.set("params", parameters);
        socket.sendText(question.toString(), true).join();
        Await.until("the browser answers to " + method, () -> answers.containsKey(id));
        return Objects.requireNonNull(answers.remove(id));
    }

    private @Nullable String page(String port) {
        try {
            var list = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(),
                HttpResponse.BodyHandlers.ofString());
            for (var target : JSON.readTree(list.body())) {
                if (target.get("type").asText().equals("page")) {
                    return target.get("webSocketDebuggerUrl").asText();
                }
            }
            return null;
        } catch (IOException e) {
            return null; // not yet
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
