package dev.slipring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README.md and docs: every link leads somewhere, every page can be found, every test that is named is there. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern UNESCAPED_BAR = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT))`");

    @Test
    void everyLinkLeadsToAFileAndAHeadingOfIt() throws IOException {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path page : pages()) {
            for (String link : links(page)) {
                links++;
                if (!leadsSomewhere(page, link)) {
                    broken.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    @Test
    void everyPageIsFoundFromTheReadmeOrTheIndex() throws IOException {
        var found = new HashSet<Path>();
        var next = new ArrayDeque<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("docs/README.md")));
        while (!next.isEmpty()) {
            var page = next.remove();
            if (found.add(page)) {
                for (String link : links(page)) {
                    var target = page.resolveSibling(path(link)).normalize();
                    if (!isElsewhere(link) && target.toString().endsWith(".md")) {
                        next.add(target);
                    }
                }
            }
        }
        assertThat(found).containsAll(pages());
    }

    @Test
    void everyTestThatAPageNamesExists() throws IOException {
        try (var files = Files.find(ROOT, 12, (file, attributes) -> file.toString().contains("/src/test/java/"))) {
            var sources = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            for (Path page : pages()) {
                var named = TEST.matcher(Files.readString(page)).results().map(test -> test.group(1) + ".java").collect(Collectors.toSet());
                assertThat(sources).as("%s", page).containsAll(named);
            }
        }
    }

    /** A bar that is not escaped begins a cell, also within code; what has no head is not shown. */
    @Test
    void everyRowOfATableHasAsManyCellsAsItsHead() throws IOException {
        var odd = new ArrayList<String>();
        for (Path page : pages()) {
            long inHead = 0;
            for (String line : prose(page).lines().toList()) {
                long bars = line.startsWith("|") ? UNESCAPED_BAR.matcher(line).results().count() : 0;
                if (inHead > 0 && bars > 0 && bars != inHead) {
                    odd.add(ROOT.relativize(page) + ": " + line);
                }
                inHead = bars == 0 || inHead == 0 ? bars : inHead;
            }
        }
        assertThat(odd).isEmpty();
    }

    private static Set<Path> pages() throws IOException {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            var pages = docs.filter(file -> file.toString().endsWith(".md")).collect(Collectors.toSet());
            pages.addAll(List.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md"), ROOT.resolve("codec/README.md")));
            return pages;
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(prose(page)).results().map(link -> link.group(1)).toList();
    }

    /** Links may have code as their text; only what is in a block is none. */
    private static String prose(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static boolean isElsewhere(String link) {
        return link.startsWith("https://") || link.startsWith("http://");
    }

    private static String path(String link) {
        return link.contains("#") ? link.substring(0, link.indexOf('#')) : link;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        if (isElsewhere(link)) {
            return true;
        }
        var target = path(link).isEmpty() ? page : page.resolveSibling(path(link)).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return !link.contains("#") || anchors(target).contains(link.substring(link.indexOf('#') + 1));
    }

    /** As GitHub makes them: lower case, without punctuation, hyphens for spaces. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(prose(page)).results().map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).collect(Collectors.toSet());
    }
}
