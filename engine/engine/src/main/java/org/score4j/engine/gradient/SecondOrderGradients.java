package org.score4j.engine.gradient;

import static org.tensorflow.internal.c_api.global.tensorflow.TFJ_HasGradient;
import static org.tensorflow.internal.c_api.global.tensorflow.TFJ_RegisterCustomGradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * Gradients of gradients: d / d theta of a function of grad_x f_theta(x), which energy models and
 * score matching by divergence need, and half of whose rules TensorFlow's C++ library lacks.
 *
 * <p>With these, whatever has a gradient and is made of dense layers, convolutions, averages and
 * maxima over windows, resizing, the usual activations, and arithmetic has a second. Loops and
 * fused batch normalisation have none: TensorFlow says then for which operation there is no
 * gradient. The table also has the gradients that layers give themselves ({@link CustomGradients}).
 */
public final class SecondOrderGradients {
  private static final Map<String, RawCustomGradient> RULES = new HashMap<>();

  // TensorFlow keeps one table of gradients for the process, hence the statics. JavaCPP
  // has ten native entries for callbacks, the eleventh is a null pointer: hence one for all rules.
  // And it refers to a callback weakly: hence the field.
  private static final TFJ_GradFuncAdapter DISPATCHER =
      RawCustomGradient.adapter(SecondOrderGradients::dispatch);

  static {
    RULES.putAll(ElementwiseGradients.rules());
    RULES.putAll(LinearGradients.rules());
    RULES.put(CustomGradients.TYPE, CustomGradients::gradients);
    for (String type : RULES.keySet()) {
      if (!TFJ_HasGradient(type) && !TFJ_RegisterCustomGradient(type, DISPATCHER)) {
        throw new IllegalStateException("TensorFlow refuses a gradient for " + type);
      }
    }
  }

  private SecondOrderGradients() {}

  /** Makes them known to TensorFlow, once for the process. */
  public static void install() {
    // Initialising this class, which calling the method does, is all there is to do.
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> gradients) {
    return RULES.get(operation.type()).call(tf, operation, gradients);
  }
}
