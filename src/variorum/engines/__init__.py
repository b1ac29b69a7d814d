"""What carries the kernels of the stages over many articles: this machine, or Apache Spark."""
