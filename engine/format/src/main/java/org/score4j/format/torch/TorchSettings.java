package org.score4j.format.torch;

import java.util.Set;
import java.util.regex.Pattern;
import org.score4j.format.torch.Unpickler.Global;

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
          "decimal",
          "easydict",
          "fractions",
          "lightning",
          "lightning_fabric",
          "ml_collections",
          "numpy",
          "omegaconf",
          "pathlib",
          "pytorch_lightning",
          "typing",
          "uuid",
          "yacs");
  private static final Set<String> CLASSES =
      Set.of("collections.Counter", "collections.deque", "torch.device");

  /** Python 3 writes those of {@code builtins} by their old module, as protocol 2 has it. */
  private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__");

  private static final Set<String> OF_BUILTINS =
      Set.of(
          "Ellipsis",
          "NotImplemented",
          "bool",
          "bytearray",
          "bytes",
          "complex",
          "float",
          "frozenset",
          "int",
          "list",
          "long",
          "object",
          "range",
          "set",
          "slice",
          "str",
          "tuple",
          "unicode",
          "xrange");

  private static final Pattern DTYPES =
      Pattern.compile("(bfloat|float|complex|u?int)\\d+|bool|half|double|long|strided");

  private TorchSettings() {}

  static boolean contains(Global global) {
    String outermost = global.module().split("\\.", 2)[0];
    return PACKAGES.contains(outermost)
        || CLASSES.contains(global.toString())
        || BUILTINS.contains(global.module()) && OF_BUILTINS.contains(global.name())
        || global.module().equals("torch") && DTYPES.matcher(global.name()).matches();
  }
}
