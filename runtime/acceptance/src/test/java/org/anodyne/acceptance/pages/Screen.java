package org.anodyne.acceptance.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.acceptance.Patience;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium, without a window, in a profile of its own. */
final class Screen implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final Lab lab;
    private final Path profile;
    private final ChromeDriver driver;

    private Screen(Lab lab, Path profile, ChromeDriver driver) {
        this.lab = lab;
        this.profile = profile;
        this.driver = driver;
    }

    /** Opens one; skips the test, saying so, where Chromium is not installed. */
    static Screen open(Lab lab) throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "skipped: Chromium and its driver are not installed (Debian: chromium, chromium-driver)");
        Path profile = Files.createTempDirectory("anodyne-screen-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                // As root it would make itself more urgent than what it is started from.
                "--disable-renderer-priority-management",
                "--lang=en",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Screen(lab, profile, new ChromeDriver(service, options));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Gives the browser somebody's cookie, as if they had logged in here. */
    Screen as(Visitor visitor) {
        go("/");
        driver.manage()
                .addCookie(new Cookie.Builder("anodyne", visitor.cookie())
                        .path("/")
                        .build());
        return this;
    }

    Screen go(String path) {
        driver.get(lab.url() + path);
        return this;
    }

    Screen size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        // Chromium takes no window narrower than 500; what a phone shows is told to the page itself.
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        return this;
    }

    Screen theme(String light) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", light))));
        return this;
    }

    private FluentWait<WebDriver> waiting(Supplier<String> failing) {
        return new WebDriverWait(driver, Patience.LONGEST)
                .pollingEvery(LOOK)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(failing);
    }

    /** The element, once it is there and seen. */
    WebElement see(String css) {
        return waiting(() -> "not seen: " + css + " on " + driver.getCurrentUrl() + "\n" + text())
                .until(d -> d.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    /** The element, once it is there, be it seen or not: a radio button lies below what is drawn for it. */
    WebElement find(String css) {
        return waiting(() -> "not there: " + css + " on " + driver.getCurrentUrl() + "\n" + text())
                .until(d ->
                        d.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
    }

    /** The button or link with this text, once it is there and seen. */
    WebElement button(String text) {
        return waiting(() -> "no button '" + text + "' on " + driver.getCurrentUrl() + "\n" + text())
                .until(d -> d.findElements(By.cssSelector("button, a, [role=button]")).stream()
                        .filter(e -> e.isDisplayed() && e.getText().strip().equals(text))
                        .findFirst()
                        .orElse(null));
    }

    /** Brings an element to the middle of what is seen, and presses it. */
    void press(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** As {@link #see}, once it can be pressed. */
    WebElement enabled(String css) {
        return waiting(() -> "cannot be pressed: " + css + "\n" + text())
                .until(d -> d.findElements(By.cssSelector(css)).stream()
                        .filter(e -> e.isDisplayed() && e.isEnabled())
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until one of these selects has an option of this value. */
    void awaitOption(String css, String value) {
        waiting(() -> "no option " + value + "\n" + text())
                .until(d -> !d.findElements(By.cssSelector(css + " option[value='" + value + "']"))
                        .isEmpty());
    }

    /** The first text on the page that fits, once there is one. */
    String awaitMatch(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return waiting(() -> "nothing like " + regex + "\n" + text()).until(d -> {
            Matcher m = pattern.matcher(text());
            return m.find() ? m.group() : null;
        });
    }

    /** The page's own rules were not broken: nothing was blocked, nothing threw. */
    void assertNothingRefused() {
        List<String> bad = complaints().keySet().stream()
                .filter(m -> m.contains("Content Security Policy") || m.contains("Uncaught") || m.contains("TypeError"))
                .toList();
        assertEquals(List.of(), bad);
    }

    void awaitText(String text) {
        waiting(() -> "not said: " + text + "\n" + text()).until(d -> text().contains(text));
    }

    /** All that is written on the page now. */
    String text() {
        // In one step: between finding the page's body and reading it the page may have gone to another.
        return String.valueOf(driver.executeScript("return document.body ? document.body.innerText : ''"));
    }

    /** Holds the page to axe's rules of WCAG 2.2 A and AA: none of its serious or critical faults. */
    void assertAccessible(String what) throws IOException {
        Path axe = Path.of(System.getProperty("anodyne.axe"));
        driver.executeScript(Files.readString(axe));
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => done(
                  r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 5).join(', '))),
                  e => done(['axe failed: ' + e]));
                """);
        assertEquals(List.of(), found, what);
    }

    /** Nothing is wider than the page. */
    void assertFits(String what) {
        Object over = driver.executeScript("""
                const wide = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= wide) return [];
                return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1)
                  .map(e => e.tagName + '.' + e.className + ' ends at ' + Math.round(e.getBoundingClientRect().right)).slice(0, 12);
                """);
        assertEquals(List.of(), over, what + " is wider than the page");
    }

    /** Puts a picture under {@code target/pages}, for people. */
    void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the page has complained of, by its own console. */
    Map<String, String> complaints() {
        Map<String, String> all = new TreeMap<>();
        driver.manage()
                .logs()
                .get("browser")
                .forEach(e -> all.put(e.getMessage(), e.getLevel().getName()));
        return all;
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        // The browser's last helpers may still be removing files of theirs.
        Files.walkFileTree(profile, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                file.toFile().delete();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                folder.toFile().delete();
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
