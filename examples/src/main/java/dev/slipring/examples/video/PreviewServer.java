package dev.slipring.examples.video;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipring.examples.demo.Json;
import dev.slipring.frame.PoolStatus;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A page for this machine's browsers: {@code /} and what it needs, {@code /frame?after=N} the newest frame as soon as it is another, {@code
 * /status} who has what. Listens on 127.0.0.1 only, and answers only those who call it by that name.
 */
final class PreviewServer implements AutoCloseable {
    private static final Map<String, String> FILES = Map.of("/", "text/html", "/preview.js", "text/javascript", "/preview.css", "text/css");
    private static final String QUERY = "after=";
    private static final long PATIENCE_MS = 1000;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Newest newest;
    private final Supplier<PoolStatus> status;
    private final AtomicLong served = new AtomicLong();

    private PreviewServer(HttpServer server, Newest newest, Supplier<PoolStatus> status) {
        this.server = server;
        this.newest = newest;
        this.status = status;
    }

    /**
     * Begins to answer.
     *
     * @param port 0 for any that is free
     * @throws BindException when somebody else has it
     */
    static PreviewServer start(int port, Newest newest, Supplier<PoolStatus> status) throws IOException {
        var server = new PreviewServer(bind(port), newest, status);
        server.server.createContext("/", server::answer);
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    /**
     * Better now than after all have started.
     *
     * @throws IllegalArgumentException when somebody else has the port
     */
    static void requireFree(int port) {
        try {
            new ServerSocket(port, 0, loopback()).close(); // a server that was never started keeps its port when it is stopped
        } catch (BindException e) {
            throw new IllegalArgumentException(taken(port), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static HttpServer bind(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(loopback(), port), 0);
        } catch (BindException e) {
            throw new IOException(taken(port), e);
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static String taken(int port) {
        return "preview=" + port + ": somebody else has this port of 127.0.0.1, or may have it alone; choose another with --preview=PORT, "
            + "or 0 for any that is free";
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How many frames were fetched. */
    long served() {
        return served.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("Content-Security-Policy", "default-src 'self'; img-src data:");
            headers.set("X-Content-Type-Options", "nosniff");
            if (!isOurName(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, FORBIDDEN, "text/plain", "call this page by its name, " + address());
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, NOT_ALLOWED, "text/plain", "there is nothing to do here but look");
            } else if (FILES.containsKey(path)) {
                sendFile(exchange, path);
            } else if (path.equals("/status")) {
                send(exchange, OK, "application/json", Json.write(PreviewStatus.of(status.get())));
            } else if (path.equals("/frame")) {
                sendFrame(exchange);
            } else {
                send(exchange, NOT_FOUND, "text/plain", "there is no " + path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        }
    }

    /** Another name that leads here is somebody's who wants to read along through a browser. */
    private boolean isOurName(String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private void sendFrame(HttpExchange exchange) throws IOException, InterruptedException {
        long after;
        try {
            var query = String.valueOf(exchange.getRequestURI().getQuery());
            after = Long.parseLong(query.startsWith(QUERY) ? query.substring(QUERY.length()) : "");
        } catch (NumberFormatException e) {
            send(exchange, BAD_REQUEST, "text/plain", "expected /frame?after=NUMBER");
            return;
        }
        var shown = newest.after(after, PATIENCE_MS);
        if (shown == null) {
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            return;
        }
        served.incrementAndGet();
        exchange.getResponseHeaders().set("X-Frame", Long.toString(shown.number()));
        exchange.getResponseHeaders().set("X-Size", shown.width() + "x" + shown.height());
        send(exchange, OK, "application/octet-stream", shown.pixels());
    }

    private static void sendFile(HttpExchange exchange, String path) throws IOException {
        var name = path.equals("/") ? "preview.html" : path.substring(1);
        try (var file = PreviewServer.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            send(exchange, OK, FILES.get(path) + "; charset=utf-8", file.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        send(exchange, code, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, content.length);
        exchange.getResponseBody().write(content);
    }
}
