package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorStream;
import org.score4j.label.ClassMix;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.sampling.Classifiers;
import org.tensorflow.ndarray.Shape;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class ReportTest {
  private static final String HOSTILE =
      "</style><script>alert('\\u0000')</script><img src=x onerror=y>&";
  private static final String MANIFEST =
      """
      {"name": "NAME", "data": {"type": "NAME"}, "sde": {"type": "vp", "note": "NAME"},
       "model": {"type": "edm", "network": {"type": "unet"}}, "loss": {"type": "dsm"},
       "training": {"steps": 400, "batchSize": 32, "accumulate": 2, "optimizer": {"type": "adam"}},
       "sampler": {"type": "heun", "steps": 9}, "control": [],
       "provenance": {"score4j": "9.8.7", "java": "17 NAME", "plugins": ["a@1", "b@2"],
         "changes": [{"afterStep": 50, "change": "training.batchSize: 16 there, 32 now"}]}}
      """
          .replace("NAME", HOSTILE);
  private static final String LOG =
      """
      {"step":100,"loss":0.5,"gradientNorm":2,"learningRate":0.1,"stepsPerSecond":10,"peakMemoryBytes":1048576}
      {"step":100,"heldOut":{"0.999":0.6}}
      {"step":200,"learningRate":0.05,"stepsPerSecond":20,"peakMemoryBytes":3221225472}
      {"step":300,"loss":0.3,"gradientNorm":1,"learningRate":0.05,"stepsPerSecond":5}
      {"step":300,"samples":90,"seed":4,"sampler":{"type":"heun"},"evaluations":17,"seconds":2.5,"fid":12.3456,"fid-95":[11.25,13.5],"fid-real":1.0625,"recall":0.25}
      """;

  /** Grey images of four pixels, of three classes in reverse order; as bright as their class. */
  private record Greys() implements Examples {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(6);
    }

    @Override
    public Shape shape() {
      return Shape.of(2, 2, 1);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(PixelRange.UNIT);
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public int label(long index) {
      return (int) (5 - index) % 3;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      for (int i = 0; i < 4; i++) {
        into.put((byte) (100 * label(index)));
      }
    }

    @Override
    public List<String> classNames() {
      return List.of("dark", "grey", "light");
    }

    @Override
    public String fingerprint() {
      return "greys";
    }
  }

  @TempDir Path path;
  private RunFolder folder;

  @BeforeEach
  void aRun() throws IOException {
    folder = new RunFolder(path);
    Files.createDirectories(folder.samples());
    Files.createDirectories(folder.previews());
    Files.writeString(folder.manifest(), MANIFEST);
    Files.writeString(folder.metrics(), LOG);
    var recipes = Map.of("sampler", "{\"type\":\"heun\",\"steps\":9}", "control", "[]");
    write(folder.samples().resolve("heun.safetensors"), recipes, 1, 0, 1, 2, 0, 1, 2);
    write(folder.samples().resolve("other.safetensors"), Map.of("sampler", "{}"), 0);
    for (long step : new long[] {25, 100, 225, 400}) {
      write(
          folder.previews().resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step)),
          Map.of(),
          1);
    }
  }

  private static void write(Path file, Map<String, String> metadata, float value, int... labels) {
    float[] values = new float[6 * 4];
    Arrays.fill(values, value);
    write(file, metadata, values, labels);
  }

  private static void write(
      Path file, Map<String, String> metadata, float[] values, int... labels) {
    var classes = labels.length > 0 ? Map.of("labels", Shape.of(6)) : Map.<String, Shape>of();
    try (var stream =
        new TensorStream(file, metadata, Map.of("samples", Shape.of(6, 2, 2, 1)), classes)) {
      stream.write("samples", values);
      if (labels.length > 0) {
        stream.write("labels", labels);
      }
      stream.finish();
    }
  }

  private Report report(Examples examples) {
    var recipe = NormalData.recipe(1);
    var previews =
        new Previews(
            recipe,
            examples,
            folder,
            mock(Manifest.class),
            PluginCatalogue.of(List.of()),
            mock(Classifiers.class),
            new ClassMix(examples, examples));
    var plane = mock(PlaneFigures.class);
    when(plane.draw(any()))
        .thenReturn(
            List.of(
                new PlaneFigures.Figure(
                    "Score field",
                    "a < b",
                    new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB))));
    return new Report(
        folder,
        new Exhibits(recipe, examples, folder, previews),
        new Figures(recipe, examples, folder, plane),
        Monitor.none());
  }

  private Document page(Examples examples)
      throws IOException, SAXException, ParserConfigurationException {
    report(examples).complete(folder.report());
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.report().toFile());
  }

  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static BufferedImage decoded(Element image) throws IOException {
    String source = image.getAttribute("src");
    String prefix = "data:image/png;base64,";
    assertTrue(source.startsWith(prefix), source);
    return ImageIO.read(
        new ByteArrayInputStream(Base64.getDecoder().decode(source.substring(prefix.length()))));
  }

  /** All text inside the first element that has an attribute of a value. */
  private static String text(Document page, String name, String attribute, String value) {
    return elements(page, name).stream()
        .filter(e -> e.getAttribute(attribute).equals(value))
        .findFirst()
        .orElseThrow()
        .getTextContent();
  }

  @Test
  void itIsWellFormedAndNeedsNothingButItself() throws Exception {
    Document page = page(new Greys());
    assertEquals(List.of(), elements(page, "script"));
    Map<String, List<String>> references = new TreeMap<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      for (String attribute : List.of("src", "href", "srcset", "data", "action")) {
        if (element.hasAttribute(attribute)) {
          references
              .computeIfAbsent(element.getTagName(), unused -> new ArrayList<>())
              .add(element.getAttribute(attribute));
        }
      }
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        assertFalse(element.getAttributes().item(a).getNodeName().startsWith("on"));
      }
    }
    assertEquals(Set.of("img", "a", "link"), references.keySet());
    references.get("img").forEach(r -> assertTrue(r.startsWith("data:image/png;base64,"), r));
    references.get("link").forEach(r -> assertEquals("data:,", r));
    for (String reference : references.get("a")) {
      assertEquals(
          1,
          elements(page, "section").stream()
              .filter(s -> reference.equals("#" + s.getAttribute("id")))
              .count(),
          reference);
    }
    String style = elements(page, "style").get(0).getTextContent();
    assertFalse(style.contains("url(") || style.contains("@import"), style);
    assertTrue(style.contains("prefers-color-scheme: dark") && style.contains("@media print"));
  }

  @Test
  void textsOfTheRecipeAreShownAsTheyAre() throws Exception {
    Document page = page(new Greys());
    String shown = HOSTILE.replace("\\u0000", "\uFFFD");
    assertEquals(shown, elements(page, "h1").get(0).getTextContent());
    assertEquals(shown, elements(page, "title").get(0).getTextContent());
    assertTrue(elements(page, "code").stream().anyMatch(e -> e.getTextContent().equals(shown)));
    String recipe = text(page, "pre", "class", "json");
    assertTrue(recipe.contains("\"note\" : \"" + HOSTILE + "\""), recipe);
    assertFalse(recipe.contains("provenance"), recipe);
    String made = text(page, "section", "id", "made");
    assertTrue(made.contains("9.8.7") && made.contains("a@1, b@2"), made);
    assertTrue(made.contains("training.batchSize: 16 there, 32 now"), made);
  }

  @Test
  void metricsStandWithTheirIntervalsAndWithWhatRealDataGet() throws Exception {
    Document page = page(new Greys());
    List<String> cells =
        elements(page, "td").stream().map(e -> e.getTextContent().strip()).toList();
    assertEquals(List.of("12.35", "11.25 to 13.50", "1.063", "", "0.2500", "", "", ""), cells);
    assertTrue(
        text(page, "section", "id", "metrics")
            .contains("90 samples by heun, 17 function evaluations each, seed 4, after step 300"));
  }

  @Test
  void everyPictureCanBeDecoded() throws Exception {
    Document page = page(new Greys());
    List<Element> images = elements(page, "img");
    // Data and samples, previews up to step 300, a figure, eight levels of noise.
    assertEquals(2 + 3 + 1 + 8, images.size());
    for (Element image : images) {
      assertEquals(image.getAttribute("width"), "" + decoded(image).getWidth());
      assertEquals(image.getAttribute("height"), "" + decoded(image).getHeight());
      assertFalse(image.getAttribute("alt").isBlank());
    }
  }

  @Test
  void samplesOfTheRecipeStandBesideDataOfTheSameClasses() throws Exception {
    Document page = page(new Greys());
    BufferedImage data = decoded(elements(page, "img").get(0));
    BufferedImage samples = decoded(elements(page, "img").get(1));
    // Two rows of three images of 2 x 2 pixels, with a pixel between them.
    assertEquals(8, data.getWidth());
    assertEquals(5, data.getHeight());
    for (int label = 0; label < 3; label++) {
      int grey = 100 * label;
      int wanted = 0xFF000000 | grey << 16 | grey << 8 | grey;
      assertEquals(wanted, data.getRGB(3 * label, 0));
      assertEquals(wanted, data.getRGB(3 * label, 3));
      assertEquals(0xFFFFFFFF, samples.getRGB(3 * label, 3));
    }
    assertEquals(0, data.getRGB(2, 0) >>> 24);
    String told = text(page, "section", "id", "samples");
    assertTrue(told.contains("heun.safetensors"), told);
    assertTrue(told.contains("Each column is a class: dark, grey, light."), told);
  }

  @Test
  void samplesInTheSharesOfTheDataAreSortedByClass() throws Exception {
    float[] values = new float[6 * 4];
    // Each sample is as bright as its class.
    int[] labels = {1, 0, 1, 2, 0, 1};
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i / 4] / 2f;
    }
    var recipe = Map.of("sampler", "{\"type\":\"heun\",\"steps\":9}", "control", "[]");
    write(folder.samples().resolve("heun.safetensors"), recipe, values, labels);
    Document page = page(new Greys());
    BufferedImage samples = decoded(elements(page, "img").get(1));
    BufferedImage data = decoded(elements(page, "img").get(0));
    int[] sorted = {0, 0, 1, 1, 1, 2};
    for (int i = 0; i < 6; i++) {
      int level = Math.round(255 * sorted[i] / 2f);
      assertEquals(level, samples.getRGB(3 * (i % 3), 3 * (i / 3)) & 0xFF, 1);
    }
    // Of class 1 the data have two examples; the third place stays blank.
    for (int i : new int[] {0, 1, 2, 3, 5}) {
      assertEquals(100 * sorted[i], data.getRGB(3 * (i % 3), 3 * (i / 3)) & 0xFF);
    }
    assertEquals(0, data.getRGB(3, 3) >>> 24);
    String told = text(page, "section", "id", "samples");
    assertTrue(told.contains("Sorted by class: dark, grey, light."), told);
  }

  @Test
  void itSaysHowFarTrainingHasComeAndWhatItTook() throws Exception {
    Document page = page(new Greys());
    assertEquals("0.75", elements(page, "progress").get(0).getAttribute("value"));
    String facts = text(page, "dl", "class", "facts").replaceAll("\\s+", " ");
    // 100 steps at 10, 100 at 20 and 100 at 5 a second; 2 batches of 32 examples.
    assertTrue(facts.contains("training time0:3"), facts);
    assertTrue(facts.contains("steps300of 64 examples"), facts);
    assertTrue(facts.contains("samples90in 0:03, 17 function evaluations each"), facts);
    assertTrue(facts.contains("memory3.0 GiB"), facts);
    assertTrue(text(page, "section", "id", "training").contains("held out, EMA 0.999"));
  }

  @Test
  void whatCannotBeShownIsLeftOutAlone() throws Exception {
    Files.writeString(folder.samples().resolve("heun.safetensors"), "broken");
    Files.delete(folder.samples().resolve("other.safetensors"));
    Examples unreadable = mock(Examples.class);
    when(unreadable.shape()).thenReturn(Shape.of(2));
    when(unreadable.size()).thenThrow(new IllegalStateException("the disk is gone"));
    Document page = page(unreadable);
    assertEquals(
        List.of("metrics", "plane", "training", "recipe", "made"),
        elements(page, "section").stream().map(e -> e.getAttribute("id")).toList());
  }

  @Test
  void figuresAreDrawnOnceForACheckpoint() throws Exception {
    Path words = folder.figures().resolve("figures.json");
    page(new Greys());
    String written = Files.readString(words);
    String withoutChecksum =
        written.replaceFirst(",\\s*\"crc32c\"\\s*:\\s*\"\\w+\"\\s*}\\s*$", "}");
    Files.writeString(words, withoutChecksum.replace("a < b", "kept"));
    assertTrue(text(page(new Greys()), "section", "id", "plane").contains("kept"));
    Files.createDirectories(folder.checkpoints().folder());
    Files.writeString(folder.checkpoints().of(7), "");
    assertTrue(text(page(new Greys()), "section", "id", "plane").contains("a < b"));
  }

  @Test
  void damagedFiguresAreDrawnAgain() throws Exception {
    Path words = folder.figures().resolve("figures.json");
    page(new Greys());
    String written = Files.readString(words);
    for (String damaged :
        new String[] {
          written.replace("a < b", "a > b"), "{\"step\": 0, \"figures\": 1}", "[", ""
        }) {
      Files.writeString(words, damaged);
      assertTrue(text(page(new Greys()), "section", "id", "plane").contains("a < b"));
      assertEquals(written, Files.readString(words));
    }
    Path png;
    try (var files = Files.list(folder.figures())) {
      png = files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(png);
    for (int position : new int[] {1, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 1;
      Files.write(png, damaged);
      page(new Greys());
      assertArrayEquals(whole, Files.readAllBytes(png));
    }
  }

  @Test
  void thePageDoesWithoutDamagedPreviewsAndSamples() throws Exception {
    int before = elements(page(new Greys()), "img").size();
    damageLastByte(folder.previews().resolve("step-00000225.safetensors"));
    assertEquals(before - 1, elements(page(new Greys()), "img").size());
    damageLastByte(folder.samples().resolve("heun.safetensors"));
    assertTrue(
        elements(page(new Greys()), "small").stream()
            .anyMatch(small -> small.getTextContent().equals("other.safetensors")));
  }

  private static void damageLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aPageJustWrittenIsNotRefreshed() throws IOException {
    Report report = report(new Greys());
    report.checkpoint(1, folder.checkpoints().of(1));
    assertFalse(Files.exists(folder.report()));
    report.writeIfPossible();
    assertTrue(Files.readString(folder.report(), StandardCharsets.UTF_8).endsWith("</html>\n"));
  }

  @Test
  void aRunWithoutAManifestHasNoPageAndGoesOn() throws IOException {
    Files.delete(folder.manifest());
    report(new Greys()).writeIfPossible();
    assertFalse(Files.exists(folder.report()));
  }
}
