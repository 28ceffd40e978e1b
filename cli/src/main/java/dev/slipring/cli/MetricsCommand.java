package dev.slipring.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.SlipringException;
import dev.slipring.monitor.PrometheusText;
import dev.slipring.monitor.RegionSnapshot;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what the regions count to who asks by HTTP. */
@Command(name = "metrics", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Serves what the regions count at http://HOST:PORT/metrics, in Prometheus' text format. Each request looks anew; between "
        + "two there is nothing to do. Only reads; nobody who takes part can tell.")
final class MetricsCommand implements Callable<Integer> {
    private static final String PATH = "/metrics";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    @Spec
    private CommandSpec verb = CommandSpec.create();
    @Mixin
    private Common common = new Common();

    @Option(names = "--port", defaultValue = "9464", description = "Where to listen; 0 for any that is free. Default: 9464.")
    private int port;
    @Option(names = "--host", defaultValue = "127.0.0.1",
        description = "On which address. Whoever reaches it sees the names of regions and participants. Default: 127.0.0.1.")
    private String host = "";
    @Option(names = "--once", description = "Print the text, or with --json the same as JSON, and end.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory = common.regions().directory();
        if (once) {
            var snapshots = RegionSnapshot.all(directory);
            common.output().print(snapshots, output -> PrometheusText.of(snapshots).lines().forEach(output::line));
            return ExitCode.OK;
        }
        if (common.isJson()) {
            throw new IllegalArgumentException("--json needs --once");
        }
        var server = listen();
        server.createContext("/", exchange -> answer(exchange, directory));
        server.start();
        verb.commandLine().getOut().println("http://" + host + ":" + server.getAddress().getPort() + PATH);
        verb.commandLine().getOut().flush();
        new CountDownLatch(1).await(); // until the process is told to end
        return ExitCode.OK;
    }

    private HttpServer listen() throws IOException {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("--port=" + port + " is outside 0…65535");
        }
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (BindException e) {
            var refusal = new BindException("cannot listen at " + host + ":" + port + " (" + e.getMessage()
                + "): end who does, or choose another --port or --host");
            refusal.initCause(e);
            throw refusal;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host=" + host + " is no address: try 127.0.0.1", e);
        }
    }

    private static void answer(HttpExchange exchange, RegionDirectory directory) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, NOT_FOUND, "see " + PATH + "\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, METHOD_NOT_ALLOWED, "GET it\n");
            } else {
                metrics(exchange, directory);
            }
        }
    }

    private static void metrics(HttpExchange exchange, RegionDirectory directory) throws IOException {
        String text;
        try {
            text = PrometheusText.of(RegionSnapshot.all(directory));
        } catch (SlipringException e) {
            send(exchange, UNAVAILABLE, e.getMessage() + "\n");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
        send(exchange, OK, text);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (status != OK) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        }
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, headOnly ? -1 : body.length);
        if (!headOnly) {
            exchange.getResponseBody().write(body);
        }
    }
}
