package dev.slipring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.AccessDenied;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address may be, and what is said of one that is none. */
class TransportUriTest {
    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private Transport transport;

    @BeforeEach
    void open() {
        transport = Transport.open(Flows.options(directory));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm:spsc", "shm:spsc?name=a", "shm:spsc?name=a&capacity=1m", "aeron:ipc",
        "aeron:udp?endpoint=localhost:20121|term-length=64k|stream-id=7"})
    void anAddressIsWrittenAsItWasRead(String uri) {
        assertThat(TransportUri.parse(uri)).hasToString(uri);
    }

    @Test
    void aParameterIsAddedOrReplaced() {
        var uri = TransportUri.parse("aeron:ipc?stream-id=7|mtu=8k");
        assertThat(uri.with("stream-id", "8").with("alias", "x")).hasToString("aeron:ipc?stream-id=8|mtu=8k|alias=x");
        assertThat(uri.isAeron()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shm:spmc?name=a,                        shm:spmc,     'aeron:ipc, aeron:udp, shm:broadcast, shm:mpsc, shm:spsc'",
        "shm,                                    shm,          shm:spsc",
        "shm:spsc,                               name,         name=…",
        "shm:spsc?,                              name=value,   &",
        "shm:spsc?name,                          name=value,   &",
        "shm:spsc?name=,                         name=value,   &",
        "shm:spsc?name=a&name=b,                 name,         twice",
        "shm:spsc?name=a&size=64k,               size,         'alignment, capacity, dir, name, parking'",
        "shm:spsc?name=../a,                     ../a,         form",
        "shm:spsc?name=a&capacity=65000,         65000,        power of two",
        "shm:spsc?name=a&capacity=many,          many,         64k",
        "shm:spsc?name=a&capacity=4g,            4g,           capacity",
        "shm:spsc?name=a&alignment=7,            7,            Alignment",
        "shm:spsc?name=a&parking=maybe,          maybe,        true",
        "shm:mpsc?name=a&alignment=64,           alignment,    'capacity, dir, name, parking'",
        "aeron:tcp,                              aeron:tcp,    aeron:udp",
        "aeron:udp,                              names nobody, endpoint=host:port",
        "aeron:ipc?stream-id=x,                  stream-id=x,  32 bits",
        "aeron:ipc?publication=shared,           shared,       'concurrent, exclusive'",
        "aeron:ipc?driver=mine,                  mine,         'embedded, external'",
        "aeron:udp?endpoint=localhost:port,      localhost,    Aeron"})
    void whatIsWrongIsNamedAndWhatIsAllowed(String uri, String wrong, String allowed) {
        assertThatIllegalArgumentException().isThrownBy(() -> transport.publication(uri)).withMessageContaining(wrong)
            .withMessageContaining(allowed);
        assertThatIllegalArgumentException().isThrownBy(() -> transport.subscription(uri)).withMessageContaining(wrong);
    }

    @Test
    void aRingIsAsItsCreatorSaid() {
        transport.publication("shm:spsc?name=a&capacity=64k&alignment=8").close();
        assertThat(transport.publication("shm:spsc?name=a").maxMessageLength()).isEqualTo(64 * 1024 / 8);
        for (var uri : List.of("shm:spsc?name=a&capacity=128k", "shm:spsc?name=a&alignment=64", "shm:spsc?name=a&parking=true")) {
            assertThatThrownBy(() -> transport.subscription(uri)).isInstanceOf(ChannelMismatch.class);
            assertThatThrownBy(() -> transport.provide(uri)).isInstanceOf(ChannelMismatch.class);
        }
        transport.subscription("shm:spsc?name=a"); // a refused one has let the role go
    }

    @Test
    void oneTransportHasOneOpinionOfADriver() {
        transport.provide("aeron:ipc?dir=" + directory.resolve("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> transport.provide("aeron:ipc?driver=external|dir=" + directory.resolve("x")));
    }

    @Test
    void aChannelThatTheDriverCannotOpenIsRefusedInItsWords() {
        assertThatThrownBy(() -> transport.publication("aeron:ipc?term-length=65000")).isInstanceOf(ChannelRefused.class)
            .hasMessageContaining("Term length less than min length");
    }

    @Test
    void unreliableAeronIsNotLossless() {
        assertThat(transport.capabilities("aeron:udp?endpoint=localhost:1|reliable=false")).doesNotContain(Capability.LOSSLESS);
        assertThat(transport.capabilities("aeron:ipc?tether=false")).doesNotContain(Capability.LOSSLESS);
    }

    @Test
    void nothingIsPutWhereOthersMayWrite() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> transport.provide("aeron:ipc")).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> transport.provide("shm:spsc?name=a")).isInstanceOf(AccessDenied.class);
    }

    @Test
    void aDirectoryOfOtherFilesIsNeitherUsedNorRemoved() throws Exception {
        var precious = Files.createDirectory(directory.resolve("precious"));
        var file = Files.writeString(precious.resolve("thesis.txt"), "all of it");
        var uri = "aeron:ipc?dir=" + precious;
        assertThatThrownBy(() -> transport.provide(uri)).isInstanceOf(DriverNotFound.class).hasMessageContaining("other files");
        assertThatThrownBy(() -> transport.publication(uri)).isInstanceOf(DriverNotFound.class);
        assertThat(transport.remove(uri)).isFalse();
        assertThat(file).isRegularFile();
    }

    @Test
    void aDirectoryThatIsMissingIsMadeForUsAlone() throws Exception {
        var missing = directory.resolve("missing");
        try (var other = Transport.open(Flows.options(missing))) {
            other.provide("aeron:ipc");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(missing))).isEqualTo("rwx------");
        }
    }

    @Test
    void livenessHasAFloor() {
        assertThatIllegalArgumentException().isThrownBy(() -> TransportOptions.standard().aliveWithin(Duration.ofMillis(1)));
    }
}
