package org.score4j.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Layers with the peer's weights give the peer's outputs. */
class ScoreUnetLayersPeerTest {
  private static final PeerFile PEER = PeerFile.open("unet-layers");
  private static final Initializer ANY = Initializer.zeros();
  private static final Map<String, List<Double>> TAPS =
      Map.of("1331", List.of(1.0, 3.0, 3.0, 1.0), "1234", List.of(1.0, 2.0, 3.0, 4.0));

  /** The peer's names for the parts of our layers. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "norm", List.of("GroupNorm_0"),
          "norm0", List.of("GroupNorm_0"),
          "norm1", List.of("GroupNorm_1"),
          "conv0", List.of("Conv_0"),
          "conv1", List.of("Conv_1"),
          "embedding", List.of("Dense_0"),
          "skip", List.of("NIN_0", "Conv_2"),
          "qkv", List.of("NIN_0", "NIN_1", "NIN_2"),
          "out", List.of("NIN_3"));

  @ParameterizedTest
  @ValueSource(ints = {8, 32})
  void positionalEncodingIsThePeers(int channels) {
    String name = "timestep_embedding_" + channels;
    try (var graph = TestGraph.fresh()) {
      var labels = wide(graph, PEER.tensor(graph, name + "/t"));
      var y = LabelEncoding.POSITIONAL.apply(graph.scope(), labels, channels, 1);
      verify(graph, y, name, Map.of());
    }
  }

  @Test
  void fourierEncodingIsThePeers() {
    try (var graph = TestGraph.fresh()) {
      var labels = graph.tf().math.exp(wide(graph, PEER.tensor(graph, "fourier/in")));
      var y = LabelEncoding.FOURIER.apply(graph.scope(), labels, 8, 1);
      verify(graph, y, "fourier", Map.of("frequencies", PEER.file().floats("fourier/param/W")));
    }
  }

  @Test
  void matrixAcrossChannelsIsThePeers() {
    layer(
        "nin",
        "in",
        (scope, x) -> new Convolution(1, 1, 12, ANY, Precision.FLOAT32).apply(scope, x),
        path -> weight("nin", path.equals("kernel") ? "W" : "b", Layout.SAME));
  }

  @Test
  void attentionIsThePeers() {
    layer(
        "attn_ddpm",
        "in",
        (scope, x) -> new Attention(1, new GroupNorm(1), ANY, ResidualSum.PLAIN).apply(scope, x));
    layer(
        "attn_pp",
        "in",
        (scope, x) -> new Attention(1, new GroupNorm(), ANY, ResidualSum.RESCALED).apply(scope, x));
  }

  @Test
  void resamplingConvolutionsWithoutFilterAreThePeers() {
    var convolution = new ResamplingConvolution(new NearestResampling(), 8);
    layer("down_conv", "in", convolution::down, path -> convolution("down_conv", path));
    layer("up_conv", "in", convolution::up, path -> convolution("up_conv", path));
  }

  @Test
  void nearestResamplingIsThePeers() {
    var nearest = new NearestResampling();
    layer("naive_up", "x", (scope, x) -> nearest.up(scope.tf(), x));
    layer("naive_down", "x", (scope, x) -> nearest.down(scope.tf(), x));
    layer("down_avg", "in", (scope, x) -> nearest.down(scope.tf(), x));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1331", "1234"})
  void filtersAreThePeers(String taps) {
    var fir = new FirResampling(TAPS.get(taps));
    var convolution = new ResamplingConvolution(fir, 5);
    layer("fir_up_" + taps, "x", (scope, x) -> fir.up(scope.tf(), x));
    layer("fir_down_" + taps, "x", (scope, x) -> fir.down(scope.tf(), x));
    for (String name : List.of("fir_conv_down_" + taps, "fir_up_conv_" + taps)) {
      layer(
          name,
          "x",
          name.contains("down") ? convolution::down : convolution::up,
          path ->
              path.equals("bias")
                  ? shape -> new float[5]
                  : shape ->
                      new ReferenceWeight(name + "/w", path, Layout.OIHW)
                          .values(PEER.file()::floats, shape));
    }
  }

  /** A kernel of three rows is the sum of three that have one tap along the other axis. */
  @ParameterizedTest
  @CsvSource({
    "upfirdn_u2_d1_p2_1,2,1,2,1",
    "upfirdn_u1_d2_p1_1,1,2,1,1",
    "upfirdn_u3_d2_pm1_4,3,2,-1,4"
  })
  void upfirdnIsThePeers(String name, int up, int down, int before, int after) {
    float[] kernel = PEER.file().floats(name + "/kernel");
    layer(
        name,
        "x",
        (scope, x) ->
            IntStream.range(0, 3)
                .mapToObj(
                    row -> {
                      var alone =
                          List.of(row == 0 ? 1.0 : 0, row == 1 ? 1.0 : 0, row == 2 ? 1.0 : 0);
                      var taps =
                          IntStream.range(0, 4)
                              .mapToObj(i -> (double) kernel[4 * row + i])
                              .toList();
                      var rows = new FirFilter(alone, up, down, before, after).rows(scope.tf(), x);
                      return new FirFilter(taps, up, down, before, after).columns(scope.tf(), rows);
                    })
                .reduce(scope.tf().math::add)
                .orElseThrow());
  }

  @Test
  void ddpmBlocksAreThePeers() {
    blocks(
        "res_ddpm",
        (scope, x, e) ->
            new ResidualBlock(
                    64, new Dropout(0), new GroupNorm(1), ANY, ResidualSum.PLAIN, Activation.SWISH)
                .apply(scope, x, e));
    blocks(
        "res_ddpmpp",
        (scope, x, e) ->
            new ResidualBlock(
                    16,
                    new Dropout(0),
                    new GroupNorm(),
                    ANY,
                    ResidualSum.RESCALED,
                    Activation.SWISH)
                .apply(scope, x, e));
  }

  @Test
  void bigGanBlocksAreThePeers() {
    var same = new BigGanBlock(8, new Dropout(0), ResidualSum.RESCALED, Activation.SWISH);
    var wider = new BigGanBlock(16, new Dropout(0), ResidualSum.RESCALED, Activation.SWISH);
    var nearest = new NearestResampling();
    var fir = new FirResampling(TAPS.get("1331"));
    blocks("res_biggan_up0_down0_fir0", (s, x, e) -> wider.apply(s, x, LevelShift.by(e)));
    blocks("res_biggan_up1_down0_fir0", (s, x, e) -> same.up(s, x, LevelShift.by(e), nearest));
    blocks("res_biggan_up0_down1_fir0", (s, x, e) -> same.down(s, x, LevelShift.by(e), nearest));
    blocks("res_biggan_up1_down0_fir1", (s, x, e) -> same.up(s, x, LevelShift.by(e), fir));
    blocks("res_biggan_up0_down1_fir1", (s, x, e) -> same.down(s, x, LevelShift.by(e), fir));
  }

  @Test
  void combinationsAreThePeers() {
    for (var combine : ProgressiveCombine.values()) {
      String name = "combine_" + combine.name().toLowerCase(Locale.ROOT);
      try (var graph = TestGraph.fresh()) {
        var y =
            combine.apply(
                graph.scope(),
                PEER.tensor(graph, name + "/in0"),
                PEER.tensor(graph, name + "/in1"));
        verify(graph, y, name, values(graph, path -> convolution(name, path)));
      }
    }
  }

  private interface Layer {
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x);
  }

  private interface Block {
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, Operand<TFloat32> embedding);
  }

  /** The values of a parameter of the given shape. */
  private interface Source {
    float[] values(Shape shape);
  }

  private static void layer(String name, String input, Layer layer) {
    layer(name, input, layer, path -> part(name, path));
  }

  private static void layer(
      String name, String input, Layer layer, Function<String, Source> sources) {
    try (var graph = TestGraph.fresh()) {
      var y = layer.apply(graph.scope(), PEER.tensor(graph, name + "/" + input));
      verify(graph, y, name, values(graph, sources));
    }
  }

  /** The peer applies swish to the embedding itself. */
  private static void blocks(String name, Block block) {
    try (var graph = TestGraph.fresh()) {
      var embedding = Activation.SWISH.apply(graph.scope(), PEER.tensor(graph, name + "/in1"));
      var y = block.apply(graph.scope(), PEER.tensor(graph, name + "/in0"), embedding);
      verify(graph, y, name, values(graph, path -> part(name, path)));
    }
  }

  private static Map<String, float[]> values(TestGraph graph, Function<String, Source> sources) {
    Map<String, float[]> values = new HashMap<>();
    graph
        .parameters()
        .forEach((path, p) -> values.put(path, sources.apply(path).values(p.shape())));
    return values;
  }

  private static Source convolution(String layer, String path) {
    return weight(layer, "Conv_0." + (path.equals("kernel") ? "weight" : "bias"), Layout.OIHW);
  }

  private static Source weight(String layer, String name, Layout layout) {
    return shape ->
        new ReferenceWeight(
                layer + "/param/" + name, name, shape.numDimensions() == 1 ? Layout.SAME : layout)
            .values(PEER.file()::floats, shape);
  }

  /** A weight of a part such as {@code norm0/gamma}. */
  private static Source part(String layer, String path) {
    String[] steps = path.split("/");
    boolean kernel = steps[1].equals("kernel");
    var names =
        NAMES.get(steps[0]).stream()
            .map(n -> layer + "/param/" + n)
            .flatMap(
                n ->
                    List.of(
                        n + (kernel ? ".W" : ".b"),
                        n + (kernel || steps[1].equals("gamma") ? ".weight" : ".bias"))
                        .stream())
            .filter(PEER.file()::contains)
            .toList();
    boolean same = !kernel || names.get(0).endsWith(".W");
    return shape ->
        new ReferenceWeight(names, path, same ? Layout.SAME : Layout.OIHW)
            .values(PEER.file()::floats, shape);
  }

  private static Operand<TFloat64> wide(TestGraph graph, Operand<TFloat32> x) {
    return graph.tf().dtypes.cast(x, TFloat64.class);
  }

  private static void verify(
      TestGraph graph, Operand<TFloat32> y, String name, Map<String, float[]> values) {
    PEER.verify(graph, y, values, name + "/out_f64", PeerFile.tolerance(name));
  }
}
