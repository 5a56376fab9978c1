package org.score4j.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.format.TensorFileException;

/**
 * A network of two tensors {@code in.w} and {@code out.w}, as trainers nest it. Its parameters are
 * 0 and 1, its averages 2 and 3.
 */
class CheckpointFormsTest {
  private static final Set<String> NAMES = new LinkedHashSet<>(List.of("in.w", "out.w"));

  @TempDir Path folder;

  private TrainedWeights weights(UnaryOperator<PickleBytes> content) {
    try {
      byte[] bytes = PickleBytes.sequence(content.apply(new PickleBytes()).end(), "0", 4);
      return TrainedWeights.open(Files.write(folder.resolve("some.pth"), bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Arguments form(
      String name, String place, boolean averages, UnaryOperator<PickleBytes> content) {
    return Arguments.of(name, place, averages, content);
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        form("a state dictionary", "", false, p -> p.scalars(0, "in.w", "out.w")),
        form(
            "state_dict and a command line",
            "key 'state_dict'",
            false,
            p ->
                p.op('}', '(')
                    .text("state_dict")
                    .scalars(0, "in.w", "out.w")
                    .text("epoch")
                    .number(3)
                    .text("args")
                    .global("argparse", "Namespace")
                    .op(')', 0x81)
                    .op('}')
                    .text("lr")
                    .number(1)
                    .op('s', 'b', 'u')),
        form(
            "DataParallel",
            "key 'model', names that begin 'module.'",
            false,
            p -> p.op('}').text("model").scalars(0, "module.in.w", "module.out.w").op('s')),
        form(
            "torch.compile",
            "names that begin '_orig_mod.'",
            false,
            p -> p.scalars(0, "_orig_mod.in.w", "_orig_mod.out.w")),
        form(
            "Lightning with averages",
            "key 'state_dict', names that begin 'model.'",
            true,
            p ->
                p.op('}')
                    .text("state_dict")
                    .scalars(0, "model.in.w", "model.out.w", "ema_model.in.w", "ema_model.out.w")
                    .op('s')),
        form(
            "latent diffusion, averages without dots",
            "key 'state_dict', names that begin 'model.diffusion_model.'",
            true,
            p ->
                p.op('}')
                    .text("state_dict")
                    .scalars(
                        0,
                        "model.diffusion_model.in.w",
                        "model.diffusion_model.out.w",
                        "model_ema.diffusion_modelinw",
                        "model_ema.diffusion_modeloutw")
                    .op('s')),
        form(
            "timm",
            "key 'state_dict'",
            true,
            p ->
                p.op('}', '(')
                    .text("state_dict")
                    .scalars(0, "in.w", "out.w")
                    .text("state_dict_ema")
                    .scalars(2, "in.w", "out.w")
                    .op('u')),
        form(
            "AveragedModel",
            "key 'model'",
            true,
            p ->
                p.op('}', '(')
                    .text("model")
                    .scalars(0, "in.w", "out.w")
                    .text("swa_model")
                    .scalars(2, "module.in.w", "module.out.w")
                    .text("n_averaged")
                    .scalar(0)
                    .op('s', 'u')),
        form(
            "ema_pytorch",
            "key 'model'",
            true,
            p ->
                p.op('}', '(')
                    .text("model")
                    .scalars(0, "in.w", "out.w")
                    .text("ema")
                    .scalars(0, "online_model.in.w", "online_model.out.w")
                    .op('(')
                    .text("ema_model.in.w")
                    .scalar(2)
                    .text("ema_model.out.w")
                    .scalar(3)
                    .text("initted")
                    .scalar(1)
                    .op('u', 'u')),
        form(
            "shadow_params",
            "key 'model'",
            true,
            p ->
                p.op('}', '(')
                    .text("model")
                    .scalars(0, "in.w", "out.w")
                    .text("ema")
                    .op('}')
                    .text("shadow_params")
                    .op(']', '(')
                    .scalar(2)
                    .scalar(3)
                    .op('e', 's', 'u')),
        form(
            "a bare list of averages",
            "key 'model'",
            true,
            p ->
                p.op('}', '(')
                    .text("model")
                    .scalars(0, "in.w", "out.w")
                    .text("ema_params")
                    .op(']', '(')
                    .scalar(2)
                    .scalar(3)
                    .op('e', 'u')),
        form(
            "a list of averages and the parameters set aside",
            "key 'model'",
            true,
            p ->
                p.op('}', '(')
                    .text("model")
                    .scalars(0, "in.w", "out.w")
                    .text("ema")
                    .op('}', '(')
                    .text("collected_params")
                    .op(']', '(')
                    .scalar(0)
                    .scalar(1)
                    .op('e')
                    .text("shadow")
                    .op(']', '(')
                    .scalar(2)
                    .scalar(3)
                    .op('e', 'u', 'u')),
        form(
            "the list of the NCSN papers' code",
            "key '0', names that begin 'module.'",
            true,
            p ->
                p.op(']', '(')
                    .scalars(0, "module.in.w", "module.out.w")
                    .op('}')
                    .number(4)
                    .number(7)
                    .scalars(2, "in.w", "out.w")
                    .op('e')),
        form(
            "averages alone",
            "key 'ema'",
            false,
            p -> p.op('}').text("ema").scalars(0, "in.w", "out.w").op('s')));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void theNetworkIsFound(
      String name, String place, boolean averages, UnaryOperator<PickleBytes> content) {
    TrainedWeights found = weights(content).ofNetwork(NAMES);
    assertEquals(place, found.place());
    assertEquals(NAMES, found.parameters().names());
    assertEquals(0, found.parameters().values("in.w")[0]);
    assertEquals(1, found.parameters().values("out.w")[0]);
    var averaged = found.averages(Set.of());
    assertEquals(averages, averaged.isPresent());
    averaged.ifPresent(
        tensors -> {
          assertEquals(2, tensors.values("in.w")[0]);
          assertEquals(3, tensors.values("out.w")[0]);
        });
  }

  @Test
  void oneOfSeveralNetworksIsNotChosenByChance() {
    TrainedWeights both =
        weights(
            p ->
                p.op('}', '(')
                    .text("generator")
                    .scalars(0, "in.w", "out.w")
                    .text("best")
                    .scalars(2, "in.w", "out.w")
                    .op('u'));
    var thrown = assertThrows(TensorFileException.class, () -> both.ofNetwork(NAMES));
    assertEquals(
        "some.pth: holds 2 networks with these names (key 'generator'; key 'best'); write the one"
            + " to be imported to a file of its own",
        thrown.getMessage().replace(folder + "/", ""));
  }

  @Test
  void memoryOfAdamByAddressesFindsItsParameters() {
    TrainedWeights found =
        weights(
                p ->
                    p.op(']', '(')
                        .scalars(0, "in.w", "out.w")
                        .op('}', '(')
                        .text("state")
                        .op('}', '(')
                        .number(140001)
                        .scalars(0, "exp_avg", "exp_avg_sq")
                        .number(140000)
                        .scalars(2, "exp_avg", "exp_avg_sq")
                        .op('u')
                        .text("param_groups")
                        .op(']', '}')
                        .text("params")
                        .op(']', '(')
                        .number(140000)
                        .number(140001)
                        .op('e', 's', 'a', 'u')
                        .number(4)
                        .number(7)
                        .op('e'))
            .ofNetwork(NAMES);
    var adam = found.moments().orElseThrow();
    assertEquals(7, found.step());
    assertEquals(2, adam.mean().values("in.w")[0]);
    assertEquals(1, adam.square().values("out.w")[0]);
  }

  @Test
  void withoutACounterTheOptimizersStepsCount() {
    TrainedWeights found =
        weights(
                p ->
                    p.op('}', '(')
                        .text("model")
                        .scalars(0, "in.w", "out.w")
                        .text("optimizer")
                        .op('}', '(')
                        .text("state")
                        .op('}', '(')
                        .number(0)
                        .op('}', '(')
                        .text("step")
                        .scalar(3)
                        .text("exp_avg")
                        .scalar(0)
                        .text("exp_avg_sq")
                        .scalar(1)
                        .op('u')
                        .number(1)
                        .op('}', '(')
                        .text("step")
                        .number(2)
                        .op('u', 'u')
                        .text("param_groups")
                        .op(']', 'u', 'u'))
            .ofNetwork(NAMES);
    assertEquals(3, found.step());
  }

  @Test
  void settingsOfEveryKindArePassedOver() {
    for (String global : List.of("__builtin__.frozenset", "decimal.Decimal", "torch.int32")) {
      String[] names = global.split("\\.");
      TrainedWeights found =
          weights(
              p ->
                  p.op('}', '(')
                      .text("model")
                      .scalars(0, "in.w", "out.w")
                      .text("settings")
                      .global(names[0], names[1])
                      .op(']', 0x85, 'R', 'u'));
      assertEquals(NAMES, found.ofNetwork(NAMES).parameters().names(), global);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | is empty",
        "7 | is too short for a file of tensors: it has 7 of 8 bytes or more",
        "8 | is not a safetensors file, or cut short: it begins with the bytes 00 00 00 00 00 00 00 00"
      })
  void filesOfAFewBytesAreRefused(int bytes, String fault) throws IOException {
    Path file = Files.write(folder.resolve("a.pth"), new byte[bytes]);
    var e = assertThrows(TensorFileException.class, () -> TrainedWeights.open(file));
    assertEquals(file + ": " + fault, e.getMessage());
  }
}
