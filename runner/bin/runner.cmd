@echo off
rem Runs score4j. In a source checkout it builds first if there is no distribution yet;
rem after a change of the sources run: mvnw -DskipTests package
setlocal

set "home=%~dp0.."
if exist "%home%\lib" goto java
set "root=%~dp0..\.."
if not exist "%root%\pom.xml" (
  echo runner: found neither ..\lib nor a source checkout around %~dp0 1>&2
  exit /b 1
)
if not exist "%root%\runner\target\distribution" (
  echo runner: not built yet; building with Maven, which takes minutes and tells errors alone... 1>&2
  pushd "%root%"
  call mvnw.cmd -B -ntp -q -DskipTests package 1>&2
  if errorlevel 1 (
    popd
    echo runner: the build failed; its errors stand above 1>&2
    exit /b 1
  )
  popd
)
set /p name=<"%root%\runner\target\distribution"
set "home=%root%\runner\target\%name%"

:java
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined TF_CPP_MIN_LOG_LEVEL set TF_CPP_MIN_LOG_LEVEL=2
"%java%" -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ^
  "-Dscore4j.home=%home%" "-Dscore4j.plugins=%home%\plugins" ^
  %JAVA_OPTS% %SCORE4J_JAVA_OPTS% ^
  -p "%home%\lib" --add-modules ALL-DEFAULT ^
  -m org.score4j.runner/org.score4j.runner.Main %*
exit /b %errorlevel%
