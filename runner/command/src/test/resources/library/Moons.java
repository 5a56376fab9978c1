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
import org.score4j.recipe.Training;
import org.score4j.sampler.Heun;
import org.score4j.sde.VariancePreserving;

/** An application: trains a recipe made in Java, draws samples, and prints them. */
public final class Moons {
  private Moons() {}

  /** Trains, or finds trained, the run in the folder that is named. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Recipe recipe =
        Recipe.of(new TwoMoons(), new VariancePreserving(), new Mlp())
            .with(new Training(40).batchSize(64));
    try (TrainedModel model = Run.in(folder).train(recipe, RunListener.none())) {
      Samples samples = model.sampler(new Heun()).seed(7).draw(3);
      System.out.println(Arrays.deepToString(samples.rows()));
      System.out.println(Arrays.toString(model.logLikelihood(samples)));
    }
    try (TrainedModel model = TrainedModel.open(folder)) {
      System.out.println(model.recipe().training().orElseThrow().batchSize());
    }
    try {
      TrainedModel.open(Path.of("no-run"));
    } catch (InvalidInputException e) {
      System.out.println("refused");
    }
  }
}
