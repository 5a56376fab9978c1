package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium or Chrome without a window, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private int commands;

  /** Starts the browser with an empty profile. */
  Browser(Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                executable().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile())
            .start();
    HttpClient client = HttpClient.newHttpClient();
    URI address = page(client, port(profile.resolve("DevToolsActivePort")));
    socket = client.newWebSocketBuilder().buildAsync(address, new Inbox(messages)).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () ->
                fail(
                    "this test of the long profile looks at pages in a browser: install Chromium"
                        + " (apt-get install chromium) or Chrome, so that one of "
                        + NAMES
                        + " is on the PATH"));
  }

  private int port(Path file) throws IOException {
    for (int i = 0; i < 20 * PATIENCE_SECONDS; i++) {
      assertTrue(process.isAlive(), "the browser has ended");
      if (Files.exists(file) && Files.size(file) > 0) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      Distribution.sleep(50);
    }
    return fail("the browser does not say where it listens");
  }

  private static URI page(HttpClient client, int port) throws IOException, InterruptedException {
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    String pages =
        client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    for (JsonNode page : JSON.readTree(pages)) {
      if (page.path("type").asString().equals("page")) {
        return URI.create(page.path("webSocketDebuggerUrl").asString());
      }
    }
    return fail("the browser has no page: " + pages);
  }

  /** Puts the parts of messages together. */
  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    Inbox(BlockingQueue<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return message == null ? fail("the browser says nothing more") : message;
  }

  /** Sends a command and returns its result. */
  JsonNode send(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ++commands;
    var command = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(JSON.writeValueAsString(command), true).join();
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt(0) == id) {
        assertTrue(message.has("result"), () -> method + ": " + message);
        return message.get("result");
      }
      events.add(message);
    }
  }

  /** Opens a file in a window of a width, and waits until all of it is there. */
  void open(Path file, int width, String colorScheme) throws InterruptedException {
    events.clear();
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    var scheme = Map.of("name", "prefers-color-scheme", "value", colorScheme);
    send("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    send("Page.navigate", Map.of("url", file.toUri().toString()));
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      events.add(next());
    }
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asString("").equals(method);
  }

  /** What went wrong since the page was opened, by the browser's own account. */
  List<String> errors() {
    return events.stream()
        .filter(
            event ->
                is(event, "Runtime.exceptionThrown")
                    || is(event, "Network.loadingFailed")
                    || is(event, "Runtime.consoleAPICalled")
                    || is(event, "Log.entryAdded"))
        .map(JsonNode::toString)
        .toList();
  }

  /** The addresses that were asked for since the page was opened, those in the page left out. */
  List<String> requests() {
    return events.stream()
        .filter(event -> is(event, "Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asString())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String script) throws InterruptedException {
    JsonNode result = send("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    return result.path("result").path("value");
  }

  /** Writes a picture of the whole page. */
  void screenshot(Path file) throws InterruptedException, IOException {
    JsonNode shot = send("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asString()));
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
  }
}
