"""The whole path over an archive of any size, on one machine or on Apache Spark.

By file: ``run`` (the way through), ``steps`` (nothing is done twice), ``taking`` (inputs to articles, each once),
``gathering`` and ``ladder`` (articles to stories), ``editing`` (a story to its edition), ``tabling`` (rows of
articles), ``telling`` (the manifest), ``opening`` (an engine by its name). What stands between them and the stages are
kernels on Arrow batches, which any engine of :mod:`variorum.engines` carries.
"""

from variorum.pipeline.batch.opening import EngineName, engine
from variorum.pipeline.batch.run import batch

__all__ = ["EngineName", "batch", "engine"]
