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
if not exist "%root%\runner\command\target\distribution" (
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
set /p name=<"%root%\runner\command\target\distribution"
set "home=%root%\runner\command\target\%name%"

:java
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined TF_CPP_MIN_LOG_LEVEL set TF_CPP_MIN_LOG_LEVEL=2

rem Newer JDKs warn of native code, and may refuse it,
rem unless they are told which modules have some.
set "version=0"
for /f "tokens=2,3" %%a in ('^""%java%" -version 2^>^&1^"') do if "%%a"=="version" set "version=%%~b"
set "major=0"
for /f "tokens=1 delims=.-+" %%a in ("%version%") do set "major=%%a"
if %major% lss 17 (
  echo runner: score4j needs Java 17 or newer; "%java%" is %version% 1>&2
  exit /b 1
)
set "permissions="
if %major% geq 24 set "permissions=--enable-native-access=org.bytedeco.javacpp,tensorflow.nativelib,org.score4j.engine --sun-misc-unsafe-memory-access=allow"

rem Nearly all memory is TensorFlow's: the JVM's own is to stay small. The JVM refuses two collectors.
set "collector=-XX:+UseSerialGC"
(set JAVA_TOOL_OPTIONS & set JDK_JAVA_OPTIONS & set JAVA_OPTS & set SCORE4J_JAVA_OPTS) 2>nul | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul && set "collector="

"%java%" %collector% -Xms64m ^
  -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ^
  "-Dscore4j.home=%home%" "-Dscore4j.plugins=%home%\plugins" ^
  %permissions% %JAVA_OPTS% %SCORE4J_JAVA_OPTS% ^
  -p "%home%\lib" --add-modules ALL-DEFAULT ^
  -m org.score4j.runner/org.score4j.runner.Main %*
exit /b %errorlevel%
