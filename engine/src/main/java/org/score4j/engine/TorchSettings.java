package org.score4j.engine;

import java.util.Set;
import org.score4j.engine.Unpickler.Global;

/**
 * Classes of settings that trainers save beside tensors: command lines, configurations, paths,
 * states of callbacks. Nothing of them is made or kept; a pickle that names them can be read all
 * the same.
 */
final class TorchSettings {
  private static final Set<String> PACKAGES =
      Set.of(
          "addict",
          "argparse",
          "datetime",
          "easydict",
          "lightning",
          "lightning_fabric",
          "ml_collections",
          "numpy",
          "omegaconf",
          "pathlib",
          "pytorch_lightning",
          "typing",
          "yacs");
  private static final Set<String> CLASSES =
      Set.of(
          "__builtin__.set",
          "__builtin__.slice",
          "builtins.bytearray",
          "builtins.complex",
          "builtins.frozenset",
          "builtins.range",
          "builtins.set",
          "builtins.slice",
          "collections.Counter",
          "collections.deque",
          "torch.bfloat16",
          "torch.device",
          "torch.float16",
          "torch.float32",
          "torch.float64",
          "torch.int64");

  private TorchSettings() {}

  static boolean contains(Global global) {
    String outermost = global.module().split("\\.", 2)[0];
    return PACKAGES.contains(outermost) || CLASSES.contains(global.toString());
  }
}
