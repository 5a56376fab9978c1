import java.nio.file.Path;
import java.util.Arrays;
import org.score4j.InvalidInputException;
import org.score4j.Run;
import org.score4j.RunListener;
import org.score4j.Samples;
import org.score4j.TrainedModel;
import org.score4j.data.TwoMoons;
import org.score4j.model.Mlp;
import org.score4j.recipe.Recipe;
import org.score4j.sampler.Heun;
import org.score4j.sde.VariancePreserving;

/**
 * An application: trains, or finds trained, a recipe; draws samples, and prints them with their
 * likelihood.
 */
public final class Moons {
  private Moons() {}

  /** Prints what the run in the folder that is named draws. */
  public static void main(String[] arguments) {
    Recipe recipe = Recipe.of(new TwoMoons(), new VariancePreserving(), new Mlp());
    System.out.println(recipe.name() + " " + RunListener.none().getClass().isAnonymousClass());
    try (TrainedModel model =
        Run.in(Path.of(arguments[0])).train(Path.of(arguments[1]), RunListener.none())) {
      Samples samples = model.sampler(new Heun()).seed(7).draw(3);
      System.out.println(Arrays.deepToString(samples.rows()));
      System.out.println(Arrays.toString(model.logLikelihood(samples)));
    }
    try {
      Run.in(Path.of("no-run")).open();
    } catch (InvalidInputException e) {
      System.out.println("refused");
    }
  }
}
