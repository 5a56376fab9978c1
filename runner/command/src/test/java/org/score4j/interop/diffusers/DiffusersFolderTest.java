package org.score4j.interop.diffusers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

/** Folders of every form that were published, with a tensor or two in place of a network's. */
class DiffusersFolderTest {
  private static final String NETWORK =
      """
      {
        "_class_name": "UNet2DModel", "attention_head_dim": null, "block_out_channels": [1],
        "down_block_types": ["DownBlock2D"], "up_block_types": ["UpBlock2D"],
        "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1, "norm_eps": 1e-6,
        "sample_size": 8
      }
      """;
  private static final String SCHEDULER = "{\"_class_name\": \"DDPMScheduler\"}";

  @TempDir Path folder;

  private Path text(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tensors(String name, Map<String, Float> values) {
    text(name, "");
    var writer = new TensorFile.Writer(folder.resolve(name), Map.of());
    values.forEach((key, value) -> writer.add(key, Shape.of(1), () -> new float[] {value}));
    writer.write();
  }

  private float value(String name) {
    return DiffusersFolder.in(folder).weights().parameters().values(name)[0];
  }

  private String refusal() {
    return assertThrows(BadInput.class, () -> DiffusersFolder.in(folder).recipe())
        .getMessage()
        .replace(folder.toString(), "F");
  }

  @Test
  void aNetworkByItselfNeedsARecipe() {
    text("config.json", NETWORK);
    tensors("diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    assertEquals(1, value("a"));
    assertEquals(
        "F: has no scheduler/scheduler_config.json, nor scheduler_config.json, to say which process"
            + " the network was trained for; give a recipe: --recipe FILE",
        refusal());
  }

  @Test
  void aVariantServesWhereThereIsNothingElse() {
    text("unet/config.json", NETWORK);
    tensors("unet/diffusion_pytorch_model.fp16.safetensors", Map.of("a", 2f));
    text("unet/diffusion_pytorch_model.fp16.bin", "passed over");
    assertEquals(2, value("a"));
    assertEquals(
        List.of("weights: F/unet/diffusion_pytorch_model.fp16.safetensors"),
        DiffusersFolder.in(folder).notes().stream()
            .map(note -> note.replace(folder.toString(), "F"))
            .toList());
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 3f));
    assertEquals(3, value("a"));
  }

  @Test
  void oneOfSeveralVariantsHasToBeNamed() {
    text("unet/config.json", NETWORK);
    text("scheduler/scheduler_config.json", SCHEDULER);
    tensors("unet/diffusion_pytorch_model.fp16.safetensors", Map.of("a", 4f));
    tensors("unet/diffusion_pytorch_model.non_ema.safetensors", Map.of("a", 5f));
    String fp16 = "diffusion_pytorch_model.fp16.safetensors";
    assertEquals(
        "F/unet: holds several variants ("
            + fp16
            + ", diffusion_pytorch_model.non_ema.safetensors); name one: --weights F/unet/"
            + fp16,
        refusal());
    Path file = folder.resolve("unet/diffusion_pytorch_model.non_ema.safetensors");
    assertTrue(DiffusersFolder.holds(file));
    assertEquals(5, DiffusersFolder.in(file).weights().parameters().values("a")[0]);
    assertTrue(DiffusersFolder.in(file).hasScheduler());
  }

  @Test
  void shardsAreOneFile() {
    text("config.json", NETWORK);
    tensors("diffusion_pytorch_model-00001-of-00002.safetensors", Map.of("a", 6f));
    tensors("diffusion_pytorch_model-00002-of-00002.safetensors", Map.of("b", 7f));
    String list = "{\"weight_map\": {\"a\": \"%1\", \"b\": \"%2\"}}";
    String index = "diffusion_pytorch_model.safetensors.index.json";
    String first = "diffusion_pytorch_model-00001-of-00002.safetensors";
    String second = first.replace("00001", "00002");
    text(index, list.replace("%1", first).replace("%2", second));
    assertEquals(6, value("a"));
    assertEquals(7, value("b"));
    text(index, list.replace("%1", first).replace("%2", "../x"));
    assertEquals(
        "F/" + index + ": weight_map.b: must be a file in this folder, found \"../x\"", refusal());
    text(index, list.replace("%1", second).replace("%2", second));
    var thrown = assertThrows(TensorFileException.class, () -> value("a"));
    assertTrue(thrown.getMessage().contains(second + ": lacks a"), thrown.getMessage());
    text(index, "{\"weight_map\": {\"a\": \"" + first + "\"}, \"metadata\": {}}");
    assertEquals(Set.of("a"), DiffusersFolder.in(folder).weights().parameters().names());
  }

  @Test
  void averagesOfATrainingCheckpointAreTakenToo() {
    for (String name : List.of("unet", "unet_ema")) {
      text(name + "/config.json", NETWORK);
      tensors(name + "/diffusion_pytorch_model.safetensors", Map.of("a", (float) name.length()));
    }
    var weights = DiffusersFolder.in(folder).weights();
    assertEquals(4, weights.parameters().values("a")[0]);
    assertEquals(8, weights.averages(Set.of()).orElseThrow().values("a")[0]);
  }

  @Test
  void namesOfEarlierReleasesAreThoseOfToday() {
    text("config.json", NETWORK);
    tensors(
        "diffusion_pytorch_model.safetensors",
        Map.of("time_proj.W", 1f, "time_proj.weight", 1f, "mid.attentions.0.query.weight", 2f));
    NamedTensors tensors = DiffusersFolder.in(folder).weights().parameters();
    assertEquals(Set.of("time_proj.weight", "mid.attentions.0.to_q.weight"), tensors.names());
    assertArrayEquals(new float[] {2}, tensors.values("mid.attentions.0.to_q.weight"));
    tensors("diffusion_pytorch_model.safetensors", Map.of("time_proj.W", 3f));
    assertEquals(3, value("time_proj.weight"));
    tensors(
        "diffusion_pytorch_model.safetensors",
        Map.of("x.attentions.0.key.bias", 1f, "x.attentions.0.to_k.bias", 2f));
    var thrown = assertThrows(TensorFileException.class, () -> value("a"));
    assertTrue(
        thrown.getMessage().endsWith("which are one tensor, with other numbers"),
        thrown.getMessage());
  }

  @Test
  void pipelinesOfLatentsAreRefused() {
    text("unet/config.json", NETWORK);
    text("vqvae/config.json", "{\"_class_name\": \"VQModel\"}");
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    String rest =
        ". Its network draws latents, or takes more than noise; score4j draws pixels and has no"
            + " counterpart. To import the network by itself: --weights F/unet --recipe FILE";
    assertEquals(
        "F: this pipeline is not made of a UNet2DModel and a scheduler alone: it has vqvae"
            + " (VQModel)"
            + rest,
        refusal());
    text(
        "model_index.json",
        """
        {
          "_class_name": "LDMPipeline", "unet": ["diffusers", "UNet2DModel"],
          "scheduler": ["diffusers", "DDIMScheduler"], "safety_checker": [null, null]
        }
        """);
    assertEquals(
        "F: LDMPipeline is not made of a UNet2DModel and a scheduler alone" + rest, refusal());
  }

  @Test
  void thePipelineSaysWhichClassLoadsAScheduler() {
    text("unet/config.json", NETWORK);
    text("scheduler/scheduler_config.json", SCHEDULER);
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    text(
        "model_index.json",
        "{\"_class_name\": \"P\", \"scheduler\": [\"diffusers\", \"EDMEulerScheduler\"]}");
    assertTrue(refusal().contains("found \"EDMEulerScheduler\""), refusal());
  }

  @Test
  void aSchedulerOfAnotherProcessThanThePipelineSaysIsRefused() {
    text("unet/config.json", NETWORK);
    text("scheduler/scheduler_config.json", "{\"_class_name\": \"KarrasVeScheduler\"}");
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    text(
        "model_index.json",
        "{\"_class_name\": \"P\", \"scheduler\": [\"diffusers\", \"DDPMScheduler\"]}");
    assertEquals(
        "F/scheduler/scheduler_config.json: _class_name: must be DDPMScheduler, the class in"
            + " model_index.json, found \"KarrasVeScheduler\"",
        refusal());
    text("scheduler/scheduler_config.json", "{\"_class_name\": \"DDIMScheduler\"}");
    DiffusersFolder read = DiffusersFolder.in(folder);
    assertTrue(read.recipe().json().contains("\"ddpm\""));
    assertTrue(
        read.notes().stream()
            .anyMatch(
                note ->
                    note.endsWith(
                        "_class_name is DDIMScheduler; read as DDPMScheduler, the class in"
                            + " model_index.json")),
        () -> read.notes().toString());
  }

  @Test
  void brokenConfigurationsAreRefusedWithTheirPlace() {
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    text("unet/config.json", "{\n  \"_class_name\": \"UNet2D");
    assertTrue(refusal().startsWith("F/unet/config.json:2:"), refusal());
    text("unet/config.json", "[1]");
    assertEquals("F/unet/config.json: must be a JSON object { ... }", refusal());
    text("unet/config.json", "{\"sample_size\": 1e999999999999}");
    assertEquals(
        "F/unet/config.json:1:17: is beyond the range of a double, found 1e999999999999",
        refusal());
  }

  @Test
  void averagesOfAnotherNetworkAreRefused() {
    text("unet/config.json", NETWORK);
    tensors("unet/diffusion_pytorch_model.safetensors", Map.of("a", 1f));
    tensors("unet_ema/diffusion_pytorch_model.safetensors", Map.of("a", 2f));
    text(
        "unet_ema/config.json",
        NETWORK.replace("\"sample_size\": 8", "\"decay\": 0.9").replace("1e-6", "0.000001"));
    assertEquals(
        2, DiffusersFolder.in(folder).weights().averages(Set.of()).orElseThrow().values("a")[0]);
    text(
        "unet_ema/config.json",
        NETWORK.replace("\"attention_head_dim\": null, ", "").replace("1e-6", "1e-5"));
    var thrown = assertThrows(BadInput.class, () -> DiffusersFolder.in(folder));
    assertEquals(
        """
        F/unet_ema/config.json: attention_head_dim: must be null, as in F/unet/config.json, found \
        nothing
        F/unet_ema/config.json: norm_eps: must be 1.0E-6, as in F/unet/config.json, found 1.0E-5""",
        thrown
            .getMessage()
            .replace(folder.toString(), "F")
            .lines()
            .sorted()
            .collect(Collectors.joining("\n")));
  }
}
