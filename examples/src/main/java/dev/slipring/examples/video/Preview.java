package dev.slipring.examples.video;

import java.io.IOException;

/** Shows the newest frame in the browser. */
final class Preview {
    private final Watching watching;
    private final Newest newest = new Newest();
    private final PreviewServer server;

    /** Attaches, and serves the page on this port. */
    Preview(Studio studio, int port) throws IOException {
        server = PreviewServer.start(port, newest, studio::status);
        watching = new Watching(studio, Role.PREVIEW);
        System.out.println("page " + server.address());
    }

    /** Runs until the camera has left. */
    PreviewResult run() throws IOException, InterruptedException {
        try (server) {
            var seen = watching.run(newest::put);
            return new PreviewResult(seen, server.served());
        }
    }
}
