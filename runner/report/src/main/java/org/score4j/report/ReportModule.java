package org.score4j.report;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Singleton;
import java.util.List;
import org.score4j.RunListener;
import org.score4j.report.picture.Pictures;
import org.score4j.report.picture.Preview;
import org.score4j.report.tensorboard.TensorBoardLog;
import org.score4j.run.RunModule;

/** Pictures, pages and animations of a run. */
public final class ReportModule extends AbstractModule implements RunModule {
  @Override
  protected void configure() {
    var listeners = Multibinder.newSetBinder(binder(), RunListener.class);
    // In this order: the page shows the previews and pictures that those before it have made.
    List.of(TensorBoardLog.class, Previews.class, Pictures.class, Report.class)
        .forEach(listener -> listeners.addBinding().to(listener));
    bind(TensorBoardLog.class).in(Singleton.class);
    bind(Previews.class).in(Singleton.class);
    bind(Report.class).in(Singleton.class);
    bind(Pictures.class);
    bind(Preview.class);
    bind(Exhibits.class);
    bind(Figures.class);
    bind(Tracer.class);
    bind(PlaneFigures.class);
    bind(Animator.class);
  }
}
