import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.control.Blur;
import org.score4j.control.ClassifierFreeGuidance;
import org.score4j.control.ClassifierGuidance;
import org.score4j.control.ClipDenoised;
import org.score4j.control.Colorization;
import org.score4j.control.DynamicThresholding;
import org.score4j.control.GradientGuidance;
import org.score4j.control.Grey;
import org.score4j.control.Inpainting;
import org.score4j.control.Mask;
import org.score4j.control.Replacement;
import org.score4j.control.SuperResolution;

/** Controls, and the linear operators that some of them take. */
module org.score4j.control {
  requires transitive org.score4j.api;
  requires java.desktop;

  exports org.score4j.control;

  provides Control with
      Inpainting,
      Colorization,
      Replacement,
      GradientGuidance,
      ClassifierGuidance,
      ClassifierFreeGuidance,
      ClipDenoised,
      DynamicThresholding;
  provides LinearOperator with
      Mask,
      Grey,
      Blur,
      SuperResolution;
}
